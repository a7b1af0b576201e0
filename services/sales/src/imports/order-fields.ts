// What columns of a file of order lines can fill, with the headers of the known systems.
import { Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import type { Field } from "@guanxi/import/service/kind";
import { namesOf } from "@guanxi/kit/enum-names";

/** What is no more than a draft in another system has not been sold. */
const STATUSES = namesOf(Order_Status).filter((status) => status !== "DRAFT");

export const ORDER_FIELDS: readonly Field[] = [
  { name: "external_id", kind: "text", headers: ["Order ID", "External ID", "订单ID"] },
  {
    name: "order_number",
    kind: "text",
    headers: [
      "InvoiceNo",
      "Invoice",
      "Invoice Number",
      "Order No",
      "Order",
      "订单号",
      "订单编号",
      "单号",
      "发票号",
    ],
  },
  {
    name: "customer",
    kind: "reference",
    headers: [
      "CustomerID",
      "Customer Name",
      "Account",
      "Account Name",
      "Client",
      "masterid",
      "客户",
      "客户名称",
      "客户编号",
    ],
  },
  {
    name: "owner",
    kind: "reference",
    headers: ["Sales Rep", "Salesperson", "Sales Agent", "Account Manager", "负责人", "业务员", "销售员"],
  },
  {
    name: "status",
    kind: "enum",
    headers: ["Order Status", "状态", "订单状态"],
    values: STATUSES,
  },
  { name: "order_time", kind: "time", headers: ["InvoiceDate", "Order Time", "下单时间"] },
  { name: "order_date", kind: "date", headers: ["Date", "Sale Date", "订单日期", "日期", "成交日期"] },
  { name: "currency_code", kind: "text", headers: ["Currency", "币种"] },
  { name: "region", kind: "text", headers: ["Country", "Ship Country", "Shipping Country", "国家", "地区"] },
  {
    name: "product_code",
    kind: "text",
    headers: ["StockCode", "SKU", "Item Code", "Article Number", "商品编码", "产品编号", "货号"],
  },
  { name: "description", kind: "text", headers: ["Product Name", "Item", "商品名称", "产品名称", "品名"] },
  { name: "quantity", kind: "number", headers: ["Qty", "Units", "cds", "数量"] },
  { name: "list_price", kind: "money", headers: ["UnitPrice", "Price", "单价"] },
  { name: "discount", kind: "money", headers: ["Discount Amount", "折扣金额"] },
  { name: "line_amount", kind: "money", headers: ["Amount", "Line Total", "Sales", "金额", "小计"] },
  { name: "unit_cost", kind: "money", headers: ["Cost", "成本", "单位成本"] },
];
