// What the palette can do besides finding customers.
import { LogoutOutlined, MoonOutlined, SunOutlined, TranslationOutlined } from "@ant-design/icons";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { speak } from "../text/language.ts";
import { useLanguage } from "../text/texts.ts";
import { useLeave } from "./leave.ts";
import { chooseMode } from "./mode.ts";
import { usePlaces } from "./places.tsx";
import { useShell } from "./words.ts";

export interface Command {
  key: string;
  title: string;
  icon: ReactNode;
  /** In the language of the page, and as one types on a Latin keyboard: pinyin, its initials, English. */
  names: readonly string[];
  run: () => void;
}

export function useCommands(): Command[] {
  const say = useShell();
  const language = useLanguage();
  const navigate = useNavigate();
  const leave = useLeave();
  const places = usePlaces().map(({ key, to, icon, latin }) => ({
    key,
    icon,
    title: say(key),
    names: [say(key), ...latin],
    run: () => void navigate({ to }),
  }));
  const command = (
    key: string,
    title: string,
    icon: ReactNode,
    names: string[],
    run: () => void,
  ): Command => ({
    key,
    title,
    icon,
    names: [title, ...names],
    run,
  });
  return [
    ...places,
    command("dark", say("toDark"), <MoonOutlined />, ["shense", "ss", "dark"], () => chooseMode("dark")),
    command("light", say("toLight"), <SunOutlined />, ["qianse", "qs", "light"], () => chooseMode("light")),
    command("language", say("languageHint"), <TranslationOutlined />, ["yuyan", "yy", "language"], () =>
      speak(language === "zh" ? "en" : "zh"),
    ),
    command("out", say("signOut"), <LogoutOutlined />, ["tuichu", "tc", "sign out"], () => void leave()),
  ];
}
