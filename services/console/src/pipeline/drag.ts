// How cards are dragged: by mouse, by finger after a short press, or by keyboard from stage to stage.
import {
  type Announcements,
  type CollisionDetection,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import type { Opportunity, Stage } from "@guanxi/client/gen/guanxi";
import { useMemo, useRef } from "react";
import { stepTo } from "./moves.ts";
import { useStageName } from "./stage-name.ts";
import { useWords } from "./words.ts";

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowLeft: -1 };

export function useDragging(stages: readonly Stage[]) {
  const places = useMemo(
    () =>
      [...stages].sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type)).map(({ stageId }) => stageId),
    [stages],
  );
  // The stage that the keyboard has chosen: columns scroll, so that where the card is drawn does not tell.
  const chosen = useRef<string>(undefined);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter"] },
      coordinateGetter: (event, { currentCoordinates, context }) => {
        const step = STEPS[event.code];
        if (!step) return event.code.startsWith("Arrow") ? currentCoordinates : undefined;
        const from = chosen.current ?? dealOf(context.active)?.stageId ?? "";
        chosen.current = stepTo(places, from, step);
        const rect = context.droppableRects.get(chosen.current);
        return rect ? { x: rect.left + 8, y: rect.top + 8 } : currentCoordinates;
      },
    }),
  );
  const collide: CollisionDetection = (args) => {
    if (!args.pointerCoordinates) return chosen.current ? [{ id: chosen.current }] : [];
    const found = pointerWithin(args);
    // The zones for won and lost lie over the columns.
    const zone = found.find(({ id }) =>
      stages.some(({ stageId, type }) => stageId === id && type !== "TYPE_OPEN"),
    );
    return zone ? [zone] : found;
  };
  const begin = () => {
    chosen.current = undefined;
  };
  return { sensors, collide, begin };
}

const ORDER: readonly Stage["type"][] = ["TYPE_OPEN", "TYPE_WON", "TYPE_LOST"];

interface Dragged {
  data: { current?: Record<string, unknown> | undefined };
}

export const dealOf = (active: Dragged | null): Opportunity | undefined =>
  active?.data.current?.deal as Opportunity | undefined;
export const stageUnder = (over: Dragged | null): Stage | undefined =>
  over?.data.current?.stage as Stage | undefined;

/** What a screen reader says of it. */
export function useAnnouncements(stages: readonly Stage[]): Announcements {
  const say = useWords();
  const nameOf = useStageName();
  const named = (stage: Stage | undefined) => (stage ? nameOf(stage) : "");
  return {
    onDragStart: ({ active }) => {
      const deal = dealOf(active);
      const stage = stages.find(({ stageId }) => stageId === deal?.stageId);
      return say("dragPicked", { name: deal?.displayName ?? "", stage: named(stage) });
    },
    onDragOver: ({ over }) =>
      over ? say("dragOver", { stage: named(stageUnder(over)) }) : say("dragNowhere"),
    onDragEnd: ({ active, over }) =>
      over
        ? say("dragDropped", { name: dealOf(active)?.displayName ?? "", stage: named(stageUnder(over)) })
        : say("dragCancelled", { name: dealOf(active)?.displayName ?? "" }),
    onDragCancel: ({ active }) => say("dragCancelled", { name: dealOf(active)?.displayName ?? "" }),
  };
}
