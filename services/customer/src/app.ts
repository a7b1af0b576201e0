import { app } from "@guanxi/bus/app";
import { effect, projection } from "@guanxi/bus/reaction";
import { CategoryServiceService } from "@guanxi/contract/guanxi/customer/v1/category_service";
import { ContactServiceService } from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import { FieldDefinitionServiceService } from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import {
  type ImportServiceServer,
  ImportServiceService,
} from "@guanxi/contract/guanxi/customer/v1/import_service";
import { PurchaseHistoryServiceService } from "@guanxi/contract/guanxi/customer/v1/purchase_history_service";
import { importService } from "@guanxi/import/service/import-service";
import { implement } from "@guanxi/kit/edge";
import { contactKind } from "./imports/contact-kind.ts";
import { customerKind } from "./imports/customer-kind.ts";
import { takeLeads } from "./lead-intakes/take-leads.ts";
import { migrations } from "./migrations/index.ts";
import { followValues } from "./model-grades/follow-values.ts";
import { followOrders } from "./purchases/follow-orders.ts";
import {
  categoryService,
  contactService,
  customerService,
  fieldDefinitionService,
  purchaseHistoryService,
} from "./service.ts";
import { followUsers } from "./users/follow-users.ts";

const imports = importService([customerKind, contactKind]);

export const customer = app({
  name: "customer",
  settings: {},
  migrations,
  readers: [
    projection("users", "identity", [followUsers]),
    projection("purchases", "sales", [followOrders]),
    effect("leads", "sales", [takeLeads]),
    effect("grades", "analytics", [followValues]),
  ],
  jobs: imports.jobs,
  open: () => ({
    services: [
      implement(CustomerServiceService, customerService),
      implement(ContactServiceService, contactService),
      implement(CategoryServiceService, categoryService),
      implement(FieldDefinitionServiceService, fieldDefinitionService),
      implement(PurchaseHistoryServiceService, purchaseHistoryService),
      implement<ImportServiceServer>(ImportServiceService, imports.handlers),
    ],
  }),
});
