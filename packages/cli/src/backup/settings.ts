import path from "node:path";
import { dataFolder } from "@guanxi/local/places";

/**
 * What a new data folder would make another of: the key by which the laptop's issuer signs, and the mark that the made-up
 * company has moved in. Passwords are not among them, and elsewhere all settings are the installation's own.
 */
export const settings = (): string[] =>
  process.env.GUANXI_URL ? [] : ["issuer.key.json", "issuer.jwks.json", "demo-company"];

export const fileOf = (name: string) => path.join(dataFolder(), name);
