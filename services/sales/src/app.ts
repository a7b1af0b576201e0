import { app } from "@guanxi/bus/app";
import { migrations } from "./migrations/index.ts";

export const sales = app({
  name: "sales",
  settings: {},
  migrations,
  readers: [],
  open: () => ({
    services: [],
  }),
});
