import { app } from "@guanxi/bus/app";
import { CategoryServiceService } from "@guanxi/contract/guanxi/customer/v1/category_service";
import { ContactServiceService } from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import { FieldDefinitionServiceService } from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import { implement } from "@guanxi/kit/edge";
import { migrations } from "./migrations/index.ts";
import { categoryService, contactService, customerService, fieldDefinitionService } from "./service.ts";

export const customer = app({
  name: "customer",
  settings: {},
  migrations,
  readers: [],
  open: () => ({
    services: [
      implement(CustomerServiceService, customerService),
      implement(ContactServiceService, contactService),
      implement(CategoryServiceService, categoryService),
      implement(FieldDefinitionServiceService, fieldDefinitionService),
    ],
  }),
});
