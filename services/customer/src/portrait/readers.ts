import { projection, type Reaction, type Reader } from "@guanxi/bus/reaction";
import type { TimelineArea } from "../timeline/entries.ts";
import { followTimeline } from "../timeline/follow-timeline.ts";
import { analyticsItems } from "./analytics-items.ts";
import { interactionItems } from "./interaction-items.ts";
import { followMark } from "./marks.ts";
import { marketingItems } from "./marketing-items.ts";
import { salesItems } from "./sales-items.ts";
import { serviceDeskItems } from "./service-desk-items.ts";

/** What the portrait shows of an area, what the timeline tells of it, and up to where that reaches. */
const portrait = (area: TimelineArea, items: readonly Reaction[]): Reader =>
  projection(`portrait_${area}`, area, [...items, followTimeline(area), followMark], {
    everyVersion: true,
  });

export const portraitReaders = [
  portrait("customer", []),
  portrait("sales", salesItems),
  portrait("service_desk", serviceDeskItems),
  portrait("interaction", interactionItems),
  portrait("analytics", analyticsItems),
  portrait("marketing", marketingItems),
];
