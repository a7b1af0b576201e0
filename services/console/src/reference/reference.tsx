// What the API can do, from its own description, to be read and tried here.
import { Alert } from "antd";
import { useEffect, useRef, useState } from "react";
import { OWN_HEADERS } from "../api/api.ts";
import { useMode } from "../shell/mode.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { Problem } from "../ui/problem.tsx";
import { useWords } from "./words.ts";
import "./reference.css";

export function Reference() {
  const say = useWords();
  const mode = useMode();
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"loading" | "shown" | Error>("loading");
  useEffect(() => {
    let gone = false;
    void show(() => (gone ? null : place.current)).then(
      () => !gone && setState("shown"),
      (error: Error) => !gone && setState(error),
    );
    return () => {
      gone = true;
    };
  }, []);
  // It has its dark colours under this name, on the root alone.
  useEffect(() => {
    document.documentElement.classList.toggle("dark-mode", mode === "dark");
    return () => document.documentElement.classList.remove("dark-mode");
  }, [mode]);
  return (
    <Page title={say("title")} note={say("note")}>
      <Alert type="info" showIcon title={say("session")} description={say("elsewhere")} />
      {state === "loading" && <Loading rows={10} />}
      {state instanceof Error && <Problem error={state} />}
      <div ref={place} className="reference" />
    </Page>
  );
}

async function show(placeNow: () => HTMLElement | null): Promise<void> {
  const [{ default: SwaggerUI }, answer] = await Promise.all([
    import("swagger-ui-dist/swagger-ui-es-bundle.js"),
    fetch("/openapi.json"),
    import("swagger-ui-dist/swagger-ui.css"),
  ]);
  if (!answer.ok) throw new Error(`/openapi.json: ${answer.status}`);
  const spec = (await answer.json()) as object;
  const domNode = placeNow();
  if (!domNode) return;
  SwaggerUI({
    domNode,
    spec,
    docExpansion: "none",
    filter: true,
    tagsSorter: "alpha",
    deepLinking: false, // the address belongs to the console
    defaultModelsExpandDepth: -1,
    validatorUrl: null, // else it would ask a host of its maker
    requestInterceptor: (request: { headers: Record<string, string> }) => {
      Object.assign(request.headers, OWN_HEADERS);
      return request;
    },
  });
}
