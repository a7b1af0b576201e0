// Who works at this organisation, what part each plays when it decides, and how to reach them.
import { MoreOutlined, UserAddOutlined } from "@ant-design/icons";
import { type Contact, listContacts, type PortraitPerson } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Button, Dropdown, Flex, Typography } from "antd";
import { useLabel } from "../../text/texts.ts";
import { Nothing } from "../../ui/empty.tsx";
import { useCards } from "./card-words.ts";
import { useDo } from "./doing.ts";
import { Point } from "./header.tsx";
import { Part, Small } from "./part.tsx";
import { useSeen } from "./seen.ts";

export function People() {
  const say = useCards();
  const act = useDo();
  const { portrait, customer, customerId, may, mayChange } = useSeen();
  const people = portrait.people;
  // The portrait names them; how to reach them stands with the contacts, and is wanted a moment later.
  const contacts = useQuery({
    queryKey: ["aside", customerId, "contacts"],
    queryFn: ({ signal }) => listContacts({ customerId, pageSize: 50 }, { signal }),
    enabled: customer.kind === "KIND_ORGANISATION" && may("contact", "read"),
  });
  if (!people || customer.kind === "KIND_PERSON") return null;
  const reach = new Map(contacts.data?.contacts.map((each) => [each.contactId, each]));
  const add = mayChange && may("contact", "create") && (
    <Button size="small" icon={<UserAddOutlined />} onClick={() => act({ what: "person" })}>
      {say("addPerson")}
    </Button>
  );
  return (
    <Part
      title={`${say("people")}${people.count ? ` ${people.count}` : ""}`}
      state={people.state}
      extra={add}
    >
      {people.people.length === 0 && <Nothing title={say("noPeople")} hint={say("noPeopleHint")} />}
      <ul className="customer-rows">
        {people.people.map((each) => (
          <Person key={each.contactId} of={each} contact={reach.get(each.contactId)} />
        ))}
      </ul>
      {people.count > people.people.length && (
        <Small>{say("allPeople", { count: people.count - people.people.length })}</Small>
      )}
    </Part>
  );
}

function Person({ of, contact }: { of: PortraitPerson; contact: Contact | undefined }) {
  const say = useCards();
  const label = useLabel();
  const act = useDo();
  const { may, mayChange } = useSeen();
  const { contactId, displayName: name } = of;
  const role = of.role === "ROLE_OTHER" ? "" : label("AffiliationRole", of.role);
  const place = [of.title, of.department, label("AffiliationSeniority", of.seniority)]
    .filter(Boolean)
    .join(" · ");
  const items = [
    { key: "edit", label: say("editPerson", { name }) },
    { key: "left", label: say("personLeft", { name }) },
  ];
  const go = (key: string) =>
    act(key === "edit" ? { what: "person", contactId } : { what: "leave", contactId, name });
  return (
    <li>
      <Flex vertical className="customer-grow" gap={2}>
        <Flex gap="0 8px" wrap align="baseline">
          <Typography.Text strong>{name}</Typography.Text>
          {role && <Small>{role}</Small>}
          {of.influence > 0 && <Small>{say("influence", { n: of.influence })}</Small>}
        </Flex>
        {place && <Small>{place}</Small>}
        {contact && (
          <Flex gap="0 12px" wrap>
            {contact.contactPoints.map((point) => (
              <Point key={`${point.kind} ${point.value}`} point={point} />
            ))}
          </Flex>
        )}
      </Flex>
      {mayChange && may("contact", "update") && (
        <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => go(key) }}>
          <Button size="small" type="text" icon={<MoreOutlined />} aria-label={say("moreOf", { name })} />
        </Dropdown>
      )}
    </li>
  );
}
