import type { Import } from "@guanxi/client/gen/guanxi";
import { Presets, SingleBar } from "cli-progress";

/** How far an import has come, where somebody looks on; a program that reads the output is not troubled. */
export function progressBar() {
  const format = "{bar} {percentage}% | {rows} rows, {failed} refused | {eta_formatted} to go";
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
  let begun = false;
  const show = ({ sizeBytes, readBytes, counts }: Import): void => {
    if (!begun) bar.start(Number(sizeBytes), 0, { rows: 0, failed: 0 });
    begun = true;
    bar.update(Number(readBytes), { rows: counts?.readRows ?? 0, failed: counts?.failedRows ?? 0 });
  };
  return { show, end: () => begun && bar.stop() };
}
