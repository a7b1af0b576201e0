// As whom one tries the system. A company's own issuer takes this page's place.
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { Alert, App, Avatar, Button, Card, Flex, Modal, Typography } from "antd";
import { useEffect, useState } from "react";
import { queries } from "../api/api.ts";
import { whenAnother } from "../api/own.ts";
import { type Person, sessionQuery, signIn } from "../api/session.ts";
import { Logo } from "../shell/logo.tsx";
import { speak } from "../text/language.ts";
import { useLanguage } from "../text/texts.ts";
import { useShell } from "../shell/words.ts";
import { Loading } from "../ui/loading.tsx";
import { Problem } from "../ui/problem.tsx";
import { ownAddress } from "./own-address.ts";
import { useWords } from "./words.ts";

export function SignIn() {
  const say = useWords();
  const shell = useShell();
  const language = useLanguage();
  const { data, error, refetch } = useQuery(sessionQuery);
  useNothingOfBefore();
  useSignedInElsewhere();
  return (
    <Flex align="center" justify="center" style={{ minHeight: "100%", padding: 16 }}>
      <Card style={{ width: "100%", maxWidth: 420 }}>
        <Flex justify="space-between" align="center" style={{ marginBottom: 20 }}>
          <Logo />
          <Button type="text" onClick={() => speak(language === "zh" ? "en" : "zh")}>
            {shell("language")}
          </Button>
        </Flex>
        <Typography.Title level={1} style={{ fontSize: 20, margin: "0 0 4px" }}>
          {say("title")}
        </Typography.Title>
        {error && <Problem error={error} again={() => void refetch()} />}
        {!data && !error && <Loading rows={4} />}
        {data && (data.people?.length ? <People people={data.people} /> : <Nobody />)}
      </Card>
    </Flex>
  );
}

/** Dialogs and notices lie above the page of whoever was here, and outlive it. */
function useNothingOfBefore(): void {
  const { message, notification } = App.useApp();
  useEffect(() => {
    Modal.destroyAll();
    message.destroy();
    notification.destroy();
  }, [message, notification]);
}

/** Somebody has signed in in another tab: this one goes on with them, and with nothing of whoever was here before. */
function useSignedInElsewhere(): void {
  const router = useRouter();
  useEffect(() => {
    const goOn = () => {
      queries.clear();
      void router.invalidate();
    };
    // Other tabs are told of another person only, not of the same one again.
    const seen = () => document.visibilityState === "visible" && goOn();
    document.addEventListener("visibilitychange", seen);
    const forget = whenAnother(goOn);
    return () => {
      document.removeEventListener("visibilitychange", seen);
      forget();
    };
  }, [router]);
}

function People({ people }: { people: Person[] }) {
  const say = useWords();
  const shell = useShell();
  const navigate = useNavigate();
  const { to } = useSearch({ from: "/sign-in" });
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState("");
  const enter = async (subject: string) => {
    setBusy(subject);
    try {
      await signIn(subject);
      await navigate({ href: ownAddress(to), replace: true });
    } catch (error) {
      setFailure(error);
      setBusy("");
    }
  };
  return (
    <Flex vertical gap={8}>
      <Typography.Text type="secondary" style={{ marginBottom: 8 }}>
        {say("demo")}
      </Typography.Text>
      {people.map(({ subject, displayName, job }) => (
        <Button
          key={subject}
          block
          size="large"
          loading={busy === subject}
          disabled={busy !== "" && busy !== subject}
          onClick={() => void enter(subject)}
          style={{ height: 60, justifyContent: "flex-start", paddingInline: 12 }}
          icon={<Avatar style={{ background: "#1f6f5c" }}>{displayName.slice(0, 1)}</Avatar>}
        >
          <Flex vertical align="flex-start" style={{ lineHeight: 1.4 }}>
            <span>{displayName}</span>
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {jobOf(job, shell)}
            </Typography.Text>
          </Flex>
        </Button>
      ))}
      {failure !== undefined && <Problem error={failure} />}
    </Flex>
  );
}

const JOBS = ["representative", "manager", "agent", "marketer"] as const;

function jobOf(job: string, say: ReturnType<typeof useShell>): string {
  const known = JOBS.find((each) => each === job);
  return known ? say(`job.${known}`) : job;
}

function Nobody() {
  const say = useWords();
  return <Alert type="info" showIcon title={say("nobody")} description={say("nobodyHint")} />;
}
