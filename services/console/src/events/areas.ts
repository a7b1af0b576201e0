import { vocabulary } from "../text/texts.ts";

/** As they stand in the names of events and in topics. */
export const AREAS = [
  "customer",
  "sales",
  "service_desk",
  "interaction",
  "marketing",
  "analytics",
  "identity",
] as const;

vocabulary(
  {
    "EventArea.customer": "客户",
    "EventArea.sales": "销售",
    "EventArea.service_desk": "服务",
    "EventArea.interaction": "互动",
    "EventArea.marketing": "营销",
    "EventArea.analytics": "分析",
    "EventArea.identity": "账号与权限",
    "EventOrigin.ORIGIN_LIVE": "实时操作",
    "EventOrigin.ORIGIN_IMPORT": "导入",
    "EventOrigin.ORIGIN_REBUILD": "重建",
  },
  {
    "EventArea.customer": "Customers",
    "EventArea.sales": "Sales",
    "EventArea.service_desk": "Service",
    "EventArea.interaction": "Interactions",
    "EventArea.marketing": "Marketing",
    "EventArea.analytics": "Analytics",
    "EventArea.identity": "People and rights",
    "EventOrigin.ORIGIN_LIVE": "Somebody did it",
    "EventOrigin.ORIGIN_IMPORT": "Import",
    "EventOrigin.ORIGIN_REBUILD": "Told again",
  },
);
