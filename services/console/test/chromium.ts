// The browser that tests and measurements look with.
import { type Browser, chromium } from "playwright-core";

export const BROWSER = "/usr/bin/chromium";

// Without these it looks for Google's hosts at every start.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: BROWSER, args: FLAGS });
