// The frame around every surface.
import {
  MenuOutlined,
  MoonOutlined,
  QuestionCircleOutlined,
  SearchOutlined,
  TranslationOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { Button, Drawer, Dropdown, Flex, Layout, Menu, theme, Typography } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { useMe } from "../api/session.ts";
import { speak } from "../text/language.ts";
import { useLanguage } from "../text/texts.ts";
import { useShortcuts } from "../ui/shortcuts.ts";
import { Loading } from "../ui/loading.tsx";
import { useNarrow } from "../ui/media.ts";
import { Help } from "./help.tsx";
import { useLeave, useLeft } from "./leave.ts";
import { Logo } from "./logo.tsx";
import { chooseMode, useModeChoice } from "./mode.ts";
import { usePlaces } from "./places.tsx";
import { useShell } from "./words.ts";
import "./shell.css";

const Palette = lazy(() => import("./palette.tsx").then(({ Palette }) => ({ default: Palette })));

export function Shell() {
  const say = useShell();
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  const [above, setAbove] = useState<"palette" | "help">();
  useKeys(setAbove);
  useLeft();
  const { token } = theme.useToken();
  return (
    <Layout className="shell">
      <a className="skip" href="#content">
        {say("skip")}
      </a>
      {!narrow && (
        <Layout.Sider
          width={208}
          theme="light"
          className="side"
          style={{ borderColor: token.colorBorderSecondary }}
        >
          <Link to="/" className="brand">
            <Logo />
          </Link>
          <Places />
        </Layout.Sider>
      )}
      <Layout style={{ minWidth: 0 }}>
        <header
          className="bar"
          style={{ background: token.colorBgContainer, borderColor: token.colorBorderSecondary }}
        >
          {narrow && (
            <Button
              type="text"
              icon={<MenuOutlined />}
              aria-label={say("menu")}
              onClick={() => setOpen(true)}
            />
          )}
          <Search narrow={narrow} onOpen={() => setAbove("palette")} />
          <Controls narrow={narrow} onHelp={() => setAbove("help")} />
        </header>
        <main id="content" tabIndex={-1} className="content">
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </main>
      </Layout>
      <Drawer
        open={open && narrow}
        onClose={() => setOpen(false)}
        placement="left"
        size={260}
        title={<Logo />}
      >
        <Places onGo={() => setOpen(false)} />
      </Drawer>
      {above === "palette" && (
        <Suspense>
          <Palette onEnd={() => setAbove(undefined)} />
        </Suspense>
      )}
      {above === "help" && <Help onEnd={() => setAbove(undefined)} />}
    </Layout>
  );
}

function useKeys(raise: (what: "palette" | "help") => void): void {
  const navigate = useNavigate();
  const goes = usePlaces().map(({ letter, to }) => [`g ${letter}`, () => void navigate({ to })] as const);
  useShortcuts({ "?": () => raise("help"), ...Object.fromEntries(goes) });
  // Also from within a field, as everywhere.
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      raise("palette");
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [raise]);
}

function Search({ narrow, onOpen }: { narrow: boolean; onOpen: () => void }) {
  const say = useShell();
  if (narrow)
    return (
      <Flex flex={1} justify="flex-end">
        <Button type="text" icon={<SearchOutlined />} aria-label={say("search")} onClick={onOpen} />
      </Flex>
    );
  return (
    <Flex flex={1} style={{ minWidth: 0 }}>
      <Button
        icon={<SearchOutlined />}
        onClick={onOpen}
        style={{ width: "100%", maxWidth: 420, justifyContent: "flex-start" }}
      >
        <Typography.Text type="secondary" style={{ flex: 1, textAlign: "start" }} ellipsis>
          {say("search")}
        </Typography.Text>
        <Typography.Text keyboard style={{ fontSize: 12 }}>
          {MODIFIER} K
        </Typography.Text>
      </Button>
    </Flex>
  );
}

const MODIFIER = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";

function Places({ onGo }: { onGo?: () => void }) {
  const say = useShell();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const places = usePlaces();
  const here = places.findLast(({ to }) => (to === "/" ? path === "/" : path.startsWith(to)));
  return (
    <nav aria-label={say("menu")}>
      <Menu
        mode="inline"
        selectedKeys={here ? [here.key] : []}
        style={{ borderInlineEnd: 0 }}
        items={places.map(({ key, to, icon }) => ({
          key,
          icon,
          label: (
            <Link to={to} onClick={onGo}>
              {say(key)}
            </Link>
          ),
        }))}
      />
    </nav>
  );
}

function Controls({ narrow, onHelp }: { narrow: boolean; onHelp: () => void }) {
  const say = useShell();
  const language = useLanguage();
  const mode = useModeChoice();
  const { user, tenant } = useMe();
  const leave = useLeave();
  const modes = (["light", "dark", "system"] as const).map((key) => ({ key, label: say(key) }));
  return (
    <Flex gap={4} align="center">
      <Button
        type="text"
        icon={<TranslationOutlined />}
        title={say("languageHint")}
        onClick={() => speak(language === "zh" ? "en" : "zh")}
      >
        {say("language")}
      </Button>
      <Dropdown
        trigger={["click"]}
        menu={{ items: modes, selectedKeys: [mode], onClick: ({ key }) => chooseMode(key as typeof mode) }}
      >
        <Button type="text" icon={<MoonOutlined />} aria-label={say("appearance")} />
      </Dropdown>
      {!narrow && (
        <Button
          type="text"
          icon={<QuestionCircleOutlined />}
          aria-label={say("shortcuts")}
          title={say("shortcuts")}
          onClick={onHelp}
        />
      )}
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            {
              key: "who",
              type: "group",
              label: <Typography.Text type="secondary">{tenant?.displayName}</Typography.Text>,
            },
            { key: "out", label: say("signOut") },
          ],
          onClick: ({ key }) => void (key === "out" && leave()),
        }}
      >
        <Button type="text" icon={<UserOutlined />}>
          {user?.displayName}
        </Button>
      </Dropdown>
    </Flex>
  );
}
