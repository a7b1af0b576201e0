import { Affiliation_Role as Role, type Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import { ContactPoint_Kind as PointKind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import {
  ContactServiceService,
  CreateContactRequest,
  ListContactsRequest,
} from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { Customer_Kind as Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { TestUser } from "@guanxi/testkit/service";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { create, createFirm, list } from "./calls.ts";
import { counts, DATA, dataFile, hasData, importing } from "./imports.ts";
import { customerService } from "./service.ts";

const service = customerService();
const { take, undo, failures } = importing(service);

async function people(user: TestUser): Promise<Contact[]> {
  const request = ListContactsRequest.fromPartial({ pageSize: 200, orderBy: "display_name" });
  return (await user.call(ContactServiceService.listContacts, request)).contacts;
}

test("people arrive at the organisation that a row names by its id or its name", async () => {
  const lin = await service.user();
  const acme = await createFirm(lin, { displayName: "Acme Ltd", externalIds: [{ system: "crm", id: "A1" }] });
  const huaxin = await createFirm(lin, { displayName: "华新", legalName: "北京华新有限公司" });
  await create(lin, { displayName: "Globex" }); // a person of that name is no organisation
  const rows = [
    "ID,姓名,公司,职务,部门,手机,邮箱",
    "1,李娜,A1,经理,采购,13800138000,li@example.com",
    "2,王五,ACME  ltd,,,,",
    "3,赵六,北京华新有限公司,,,8123,",
    "4,钱七,,,,,",
    "5,孙八,Globex,,,,",
    "6,周九,Acme Ltd.,,,,",
  ];
  const it = await take(lin, "contact", rows.join("\n"));
  expect(counts(it)).toEqual([6, 4, 0, 0, 2]);
  const byName = new Map((await people(lin)).map((each) => [each.displayName, each]));
  expect(byName.get("李娜")).toMatchObject({
    contactPoints: [
      { kind: PointKind.EMAIL, value: "li@example.com" },
      { kind: PointKind.PHONE, normalised: "+8613800138000", label: "mobile" },
    ],
    affiliations: [{ customerId: acme.customerId, role: Role.OTHER, title: "经理", department: "采购" }],
    externalIds: [{ system: "crm", id: "1" }],
  });
  expect(byName.get("王五")!.affiliations).toMatchObject([{ customerId: acme.customerId }]);
  expect(byName.get("赵六")).toMatchObject({
    affiliations: [{ customerId: huaxin.customerId }],
    contactPoints: [{ kind: PointKind.OTHER, value: "8123", label: "phone mobile" }],
  });
  expect(byName.get("钱七")!.affiliations).toEqual([]);
  const said = await failures(lin, it.importId);
  expect(said).toMatch(/5,孙八.*UNKNOWN_REFERENCE/);
  expect(said).toMatch(/6,周九.*UNKNOWN_REFERENCE.*did you mean Acme Ltd\?/);

  await createFirm(lin, { displayName: "华新" });
  const twin = await take(lin, "contact", "ID,姓名,公司\n7,吴十,华新\n");
  expect(await failures(lin, twin.importId)).toMatch(/AMBIGUOUS_REFERENCE/);
});

test("the same people again change nothing; a new place of work is added, and the old one stays", async () => {
  const lin = await service.user();
  const [acme, globex] = [
    await createFirm(lin, { displayName: "Acme" }),
    await createFirm(lin, { displayName: "Globex" }),
  ];
  const rows = "ID,Name,Company,Position\n1,Li Na,Acme,Buyer\n2,Wang Wu,Acme,\n";
  expect(counts(await take(lin, "contact", rows))).toEqual([2, 2, 0, 0, 0]);
  expect(counts(await take(lin, "contact", rows))).toEqual([2, 0, 0, 2, 0]);
  const next = await take(
    lin,
    "contact",
    "ID,Name,Company,Position\n1,Li Na,Globex,CEO\n2,Wang Wu,Acme,Clerk\n",
  );
  expect(counts(next)).toEqual([2, 0, 2, 0, 0]);
  const [li, wang] = await people(lin);
  expect(li!.affiliations).toMatchObject([
    { customerId: acme.customerId, title: "Buyer" },
    { customerId: globex.customerId, title: "CEO" },
  ]);
  expect(wang!.affiliations).toMatchObject([{ customerId: acme.customerId, title: "Clerk" }]);
  await undo(lin, next.importId);
  expect((await people(lin)).map(({ affiliations }) => affiliations.map(({ title }) => title))).toEqual([
    ["Buyer"],
    [""],
  ]);
});

test("a pair of system and id is one contact's, whoever made it", async () => {
  const lin = await service.user();
  const sent = { displayName: "Li Na", externalIds: [{ system: "crm", id: "1" }] };
  const add = () =>
    lin.call(ContactServiceService.createContact, CreateContactRequest.fromPartial({ contact: sent }));
  const { contactId } = await add();
  await expect(add()).rejects.toMatchObject({ reason: "CONTACT_EXISTS" });
  expect(counts(await take(lin, "contact", "ID,Nickname,Email\n1,Nana,li@example.com\n"))).toEqual([
    1, 0, 1, 0, 0,
  ]);
  expect(await people(lin)).toMatchObject([{ contactId, displayName: "Nana" }]);
});

const CARDS = 28;

describe.skipIf(!hasData)(
  "files that other systems have written (skipped where ../shared/data is not at hand)",
  () => {
    const reached = (all: readonly Contact[]) =>
      all.map(({ displayName, contactPoints }) => ({
        displayName,
        points: contactPoints
          .filter(({ kind, label }) => kind !== PointKind.SOCIAL && label !== "social")
          .map(({ kind, value }) => `${kind} ${value}`)
          .toSorted(),
      }));

    test.for(["all", "email", "gmail", "outlook", "tb_plain"])(
      "Roundcube's %s.csv has the people of its vcf",
      async (name) => {
        const [fromCsv, fromCards] = [await service.user(), await service.user()];
        for (const user of [fromCsv, fromCards])
          for (const displayName of ["Company", "Organization"]) await createFirm(user, { displayName });
        const csv = await take(fromCsv, "contact", dataFile(`contact-csv-roundcube/${name}.csv`));
        const cards = await take(fromCards, "contact", dataFile(`contact-csv-roundcube/${name}.vcf`), {
          fileName: `${name}.vcf`,
        });
        expect([counts(csv)[4], counts(cards)[4]]).toEqual([0, 0]);
        expect(counts(csv)[0]).toBeGreaterThan(0);
        expect(reached(await people(fromCsv))).toEqual(reached(await people(fromCards)));
      },
    );

    test("Mautic's leads become people, its companies organisations; rows that name nobody are refused", async () => {
      const lin = await service.user();
      const leads = await take(lin, "customer", dataFile("contact-csv-mautic/fakeleaddata.csv"));
      expect(counts(leads)).toEqual([54, 50, 0, 0, 4]);
      expect(await failures(lin, leads.importId)).toMatch(/MISSING_VALUE/);
      expect(leads.unmappedColumns.toSorted()).toEqual(["ip", "points", "title"]);
      const firms = await take(lin, "customer", dataFile("contact-csv-mautic/fakecompanydata.csv"));
      expect(counts(firms)).toEqual([4, 4, 0, 0, 0]);
      const { customers } = await list(lin, { pageSize: 200, filter: 'kind == "ORGANISATION"' });
      expect(
        customers
          .map(({ displayName, city, industry, regionCode }) =>
            [displayName, city, industry, regionCode].join(),
          )
          .toSorted(),
      ).toEqual([
        "Amazon,Seattle,Goods,US",
        "Apple,Cupertino,Hardware,US",
        "HostGator,Houston,Software,US",
        "Mautic,Boston,Software,US",
      ]);
      const [penny] = (await list(lin, { filter: 'display_name == "Penny Moore"' })).customers;
      expect(penny).toMatchObject({
        kind: Kind.PERSON,
        addresses: [
          {
            regionCode: "GB",
            locality: "HEWELSFIELD COMMON",
            postalCode: "GL15 1XD",
            organization: "Williams Bros.",
          },
        ],
      });
      expect(penny!.contactPoints.find(({ kind }) => kind === PointKind.PHONE)?.normalised).toMatch(/^\+44/);
      expect(counts(await take(lin, "contact", dataFile("contact-csv-mautic/contacts.csv")))).toEqual([
        2, 2, 0, 0, 0,
      ]);
      expect(counts(await take(lin, "customer", dataFile("contact-csv-mautic/fakeleaddata.csv")))).toEqual([
        54, 0, 0, 50, 4,
      ]);
    });

    test("the 24 cards, two in small letters, one in JSON and one in XML become contacts, once their companies are there", {
      timeout: 180_000,
    }, async () => {
      const lin = await service.user();
      const files = readdirSync(join(DATA, "vcard-ezvcard")).filter((name) => /\.(vcf|json|xml)$/.test(name));
      const takeAll = async () => {
        const sums = [0, 0, 0, 0, 0];
        let said = "";
        for (const [number, fileName] of files.entries()) {
          // Each from a system of its own: two of the files have a person with the same id.
          const sourceSystem = `phone_${number}`;
          const it = await take(lin, "contact", dataFile(`vcard-ezvcard/${fileName}`), {
            fileName,
            sourceSystem,
          });
          for (const [index, count] of counts(it).entries()) sums[index]! += count;
          said += await failures(lin, it.importId);
        }
        return { sums, said };
      };
      const first = await takeAll();
      expect(first.sums[0]).toBe(CARDS);
      const companies = new Set(
        [...first.said.matchAll(/UNKNOWN_REFERENCE,"?Organization Name: Nobody is called (.*) here/g)].map(
          ([, name]) => name!,
        ),
      );
      expect(first.said.match(/UNKNOWN_REFERENCE/g)?.length).toBe(first.sums[4]);
      for (const displayName of companies) await createFirm(lin, { displayName });
      const second = await takeAll();
      expect(second.sums[4]).toBe(0);
      expect(await people(lin)).toHaveLength(CARDS);
      expect((await takeAll()).sums).toEqual([CARDS, 0, 0, CARDS, 0]);
    });
  },
);
