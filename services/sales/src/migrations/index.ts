import { Mirrors1700000000001 } from "./1700000000001-mirrors.ts";

export const migrations = [Mirrors1700000000001];
