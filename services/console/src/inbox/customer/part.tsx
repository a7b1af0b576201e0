import type { PortraitState } from "@guanxi/client/gen/guanxi";
import { Typography } from "antd";
import type { ReactNode } from "react";
import { useWords } from "../words.ts";

interface Props {
  title: string;
  state?: PortraitState | undefined;
  children: ReactNode;
}

/** A part that one may not read is empty, which says nothing about the customer: so that is said instead. */
export function Part({ title, state, children }: Props) {
  const say = useWords();
  return (
    <section className="side-part">
      <h3>{title}</h3>
      {state?.neededRight ? (
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {say("lacksRight")}
        </Typography.Text>
      ) : (
        children
      )}
    </section>
  );
}
