import { Advice } from "@guanxi/local/advice";
import { readRunning } from "@guanxi/local/data-folder";
import { dataFolder } from "@guanxi/local/places";

export function gatewayUrl(): string {
  const port = readRunning(dataFolder())?.ports["gateway"];
  if (port === undefined) throw notRunning();
  return `http://127.0.0.1:${port}`;
}

export function notRunning(): Advice {
  return new Advice(
    `Nothing runs on ${dataFolder()}: start it with npm start, or name its folder by GUANXI_DATA.`,
  );
}
