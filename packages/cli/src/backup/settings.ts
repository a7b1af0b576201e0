import path from "node:path";
import { dataFolder } from "@guanxi/local/places";

/**
 * What a new data folder would make another of: the key by which the installation's own issuer signs, and the mark that the
 * made-up company has moved in. Passwords are not among them. An installation elsewhere has no folder here unless one is named.
 */
export const settings = (): string[] =>
  process.env.GUANXI_URL && !process.env.GUANXI_DATA
    ? []
    : ["issuer.key.json", "issuer.jwks.json", "demo-company"];

export const fileOf = (name: string) => path.join(dataFolder(), name);
