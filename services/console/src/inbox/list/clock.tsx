// How much of a promised time is left: red when it is over, orange near its end, quiet otherwise.
import { CheckCircleOutlined, ClockCircleOutlined, PauseCircleOutlined } from "@ant-design/icons";
import type { Case, SlaTarget } from "@guanxi/client/gen/guanxi";
import { theme, Tooltip } from "antd";
import { memo } from "react";
import { useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { type Clock, clockOf, minutesAndSeconds, nextClock, type Tone } from "../sla.ts";
import { useWords } from "../words.ts";
import { useNow } from "./now.ts";

export function CaseClock({ it }: { it: Pick<Case, "sla" | "status"> }) {
  return <Told clock={nextClock(it, useNow())} />;
}

export function TargetClock({ target }: { target: SlaTarget }) {
  return <Told clock={clockOf(target, useNow())} />;
}

function Told({ clock }: { clock: Clock }) {
  return <ClockText tone={clock.tone} text={useClockText(clock)} hint={useHint(clock)} />;
}

// Ticks by the second, and is drawn anew only where another text comes of it.
const ClockText = memo(function ClockText({ tone, text, hint }: { tone: Tone; text: string; hint: string }) {
  const colour = useColours()[tone];
  if (tone === "none") return null;
  return (
    <Tooltip title={hint}>
      <span className="clock" style={{ color: colour }}>
        <ToneIcon tone={tone} /> {text}
      </span>
    </Tooltip>
  );
});

function ToneIcon({ tone }: { tone: Tone }) {
  if (tone === "paused") return <PauseCircleOutlined />;
  if (tone === "met") return <CheckCircleOutlined />;
  return <ClockCircleOutlined />;
}

function useColours(): Record<Tone, string> {
  const { token } = theme.useToken();
  return {
    late: token.colorError,
    soon: token.colorWarning,
    calm: token.colorTextSecondary,
    paused: token.colorTextSecondary,
    met: token.colorTextSecondary,
    none: token.colorTextSecondary,
  };
}

const HOUR = 3600;

function useClockText({ tone, seconds }: Clock): string {
  const say = useWords();
  const format = useFormat();
  if (tone === "paused" || tone === "met") return say(`clock.${tone}`);
  if (seconds === undefined) return say("clock.wasLate");
  const time = Math.abs(seconds) < HOUR ? minutesAndSeconds(seconds) : format.duration(Math.abs(seconds));
  return say(tone === "late" ? "clock.late" : "clock.left", { time });
}

function useHint({ tone, target }: Clock): string {
  const say = useWords();
  const format = useFormat();
  const promise = useLabel()("SlaTargetKind", target?.kind);
  if (tone === "paused") return say("clock.pausedHint", { promise });
  if (tone === "met") return say("clock.metHint", { promise });
  const time = format.time(tone === "late" ? (target?.breachTime ?? target?.dueTime) : target?.dueTime);
  return say(tone === "late" ? "clock.lateSince" : "clock.due", { promise, time });
}
