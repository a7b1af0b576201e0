import type { Company } from "./generate.ts";
import { products, stages } from "./words.ts";

export interface SeedFile {
  readonly kind: string;
  readonly fileName: string;
  readonly file: Blob;
}

/** What such a company would export, in the order in which it refers to itself. `firstDay` is day 0. */
export function filesOf(company: Company, firstDay: Date): SeedFile[] {
  const date = (day: number | undefined) => (day === undefined ? "" : dayOf(firstDay, day));
  return [
    csv(
      "product",
      products.map(([code, name, family, price, cost]) => ({
        product_code: code,
        display_name: name,
        category: family,
        list_price: price,
        unit_cost: cost,
      })),
    ),
    csv(
      "customer",
      company.customers.map((customer) => ({
        external_id: customer.id,
        kind: customer.kind,
        display_name: customer.name,
        email: customer.email,
        phone: customer.phone,
        city: customer.city,
        country: customer.region,
        industry: customer.industry,
        owner: customer.owner,
        source_channel: customer.source,
        // A third of them may be sent offers by mail, so that there is an audience.
        "consent.email": Number(customer.id.slice(1)) % 3 === 0 ? "GRANTED" : "",
      })),
    ),
    csv(
      "contact",
      company.contacts.map((contact) => ({
        external_id: contact.id,
        company: contact.customer,
        display_name: contact.name,
        job_title: contact.title,
        email: contact.email,
        phone: contact.phone,
      })),
    ),
    csv(
      "opportunity",
      company.opportunities.map((deal) => ({
        external_id: deal.id,
        display_name: deal.name,
        customer: deal.customer,
        owner: deal.owner,
        product: deal.product,
        stage: deal.stage,
        amount: deal.amount,
        open_date: date(deal.openDay),
        close_date: date(deal.closeDay),
        expected_close_date: date(deal.expectedDay),
        lost_reason: deal.lostReason,
        next_step: deal.nextStep,
        ...Object.fromEntries(stages.map(({ id }) => [`entered.${id}`, date(deal.entered[id])])),
      })),
    ),
    csv(
      "order",
      company.lines.map((line) => ({
        order_number: line.order,
        customer: line.customer,
        owner: line.owner,
        order_date: date(line.day),
        product_code: line.product,
        quantity: line.quantity,
        list_price: yuan(line.listPrice),
        discount: yuan(line.discount),
        unit_cost: yuan(line.unitCost),
      })),
    ),
  ];
}

function dayOf(firstDay: Date, day: number): string {
  return new Date(firstDay.getTime() + day * 86_400_000).toISOString().slice(0, 10);
}

/** 1234500000n is 1234.5 */
function yuan(micros: bigint): string {
  const fraction = String(micros % 1_000_000n).padStart(6, "0");
  return `${micros / 1_000_000n}.${fraction}`.replace(/\.?0+$/, "");
}

export function csv(kind: string, rows: readonly Record<string, string | number>[]): SeedFile {
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly (string | number)[]) =>
    cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(",");
  const text = [line(columns), ...rows.map((row) => line(columns.map((column) => row[column] ?? "")))];
  return { kind, fileName: `${kind}.csv`, file: new Blob([text.join("\r\n"), "\r\n"]) };
}
