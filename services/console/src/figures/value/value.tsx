// What customers are worth: by whose reckoning, how it is spread, how it builds up, and who buys next.
import { useQuery } from "@tanstack/react-query";
import { Flex } from "antd";
import { Loading } from "../../ui/loading.tsx";
import { Nothing } from "../../ui/empty.tsx";
import { Problem } from "../../ui/problem.tsx";
import { useFigures } from "../words.ts";
import { Curve } from "./curve.tsx";
import { Due } from "./due.tsx";
import { Grades } from "./grades.tsx";
import { valuesQuestion } from "./questions.ts";
import { RfmMap } from "./rfm-map.tsx";
import { FirstRun, Runs } from "./runs.tsx";
import { Segments } from "./segments.tsx";
import { ValueTiles } from "./value-tiles.tsx";

export function Value() {
  const say = useFigures();
  const total = useQuery(valuesQuestion());
  if (total.error) return <Problem error={total.error} again={() => void total.refetch()} />;
  if (!total.data) return <Loading />;
  if (total.data.length === 0)
    return <Nothing title={say("noValues")} hint={say("noValuesHint")} action={<FirstRun />} />;
  return (
    <Flex vertical gap={16}>
      <ValueTiles />
      <div className="figure-cards">
        <RfmMap />
        <Grades />
        <Curve />
        <Segments />
        <Due />
        <Runs />
      </div>
    </Flex>
  );
}
