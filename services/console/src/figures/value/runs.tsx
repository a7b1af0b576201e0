// By which computation the values stand: when, of what, with which models; and once more, where one may.
import { createValueRun, reproduceValueRun, type ValueRun } from "@guanxi/client/gen/guanxi";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Descriptions, Flex } from "antd";
import { useEffect } from "react";
import { once } from "../../api/api.ts";
import { useMay } from "../../api/session.ts";
import { useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { Problem, useComplain } from "../../ui/problem.tsx";
import { FigureCard } from "../card.tsx";
import { dayText } from "../day.ts";
import { useShow } from "../sheet.ts";
import { useFigures } from "../words.ts";
import { runsQuestion } from "./questions.ts";

export function Runs() {
  const answer = useQuery(runsQuestion);
  const run = lastForUse(answer.data);
  useFollow(run?.endTime);
  return (
    <FigureCard
      figure="value_run"
      wide
      origin={{ source: "GET /v1/valueRuns", asOf: run?.endTime }}
      error={answer.error}
      again={() => void answer.refetch()}
      body={answer.data && (run ? <RunFacts run={run} /> : <span />)}
    >
      {answer.data && <Newest newest={answer.data[0]} run={run} />}
    </FigureCard>
  );
}

/** Where nobody has been valued yet: the way there. What comes of it takes this one's place. */
export function FirstRun() {
  const { data } = useQuery(runsQuestion);
  const run = lastForUse(data);
  useFollow(run?.endTime);
  return (
    <Flex vertical gap={12} align="center">
      <Newest newest={data?.[0]} run={run} />
    </Flex>
  );
}

/** Whose scores stand; one that tests changes none. */
export const lastForUse = (runs: ValueRun[] | undefined): ValueRun | undefined =>
  runs?.find((run) => run.state === "STATE_COMPLETED" && !run.holdOutStartDate);

/** What a run has said stands in all other answers. */
function useFollow(endTime: string | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!endTime) return;
    for (const part of ["figures", "curve", "due", "best"])
      void client.invalidateQueries({ queryKey: ["figures", "value", part] });
    void client.invalidateQueries({ queryKey: ["figures", "rows", "values"] });
  }, [client, endTime]);
}

function Newest({ newest, run }: { newest: ValueRun | undefined; run: ValueRun | undefined }) {
  const say = useFigures();
  const may = useMay();
  const running = newest?.state === "STATE_RUNNING";
  return (
    <>
      {newest?.state === "STATE_FAILED" && <Alert type="error" showIcon title={newest.error} />}
      <Flex gap={8} wrap>
        {may("customer_value", "run") && <RunButton first={!run} running={running} />}
        {run && may("customer_value", "read_reproduction") && <Reproduce run={run} />}
      </Flex>
      {running && <span role="status">{say("runStarted")}</span>}
    </>
  );
}

function RunFacts({ run }: { run: ValueRun }) {
  const say = useFigures();
  const label = useLabel();
  const format = useFormat();
  const show = useShow();
  const { plan } = run;
  const count = (value: number) => show(value, "count");
  const facts = {
    runAt: format.time(run.endTime),
    runCutOff: `${show(dayText(run.cutOffDate), "date")} (${say("runCutOffHint")})`,
    runModel: `${label("ValuePlanPurchaseModel", plan?.purchaseModel)} + Gamma-Gamma`,
    runBasis: label("ValuePlanBasis", plan?.basis),
    runHorizon: say("weeksUnit", { weeks: plan?.horizonWeeks ?? 0 }),
    runDiscount: show(plan?.yearlyDiscountRate, "share"),
    runCustomers: say("runCustomersOf", {
      count: count(run.customerCount),
      repeat: count(run.repeatCustomerCount),
    }),
    runChanged: say("runChangedOf", {
      scored: count(run.scoredCount),
      dropped: count(run.droppedCount),
      unchanged: count(run.unchangedCount),
    }),
    runVersion: run.modelVersion,
  };
  return (
    <Flex vertical gap={12}>
      {run.warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={say("runWarnings")}
          description={run.warnings.map((warning) => (
            <div key={warning} lang="en">
              {warning}
            </div>
          ))}
        />
      )}
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2, xl: 3 }}
        items={Object.entries(facts).map(([key, children]) => ({
          key,
          label: say(key as keyof typeof facts),
          children,
        }))}
      />
    </Flex>
  );
}

function RunButton({ first, running }: { first: boolean; running: boolean }) {
  const say = useFigures();
  const complain = useComplain();
  const client = useQueryClient();
  const { message } = App.useApp();
  const start = useMutation({
    mutationFn: () => createValueRun({}, once()),
    onSuccess: async () => {
      void message.info(say("runStarted"));
      await client.invalidateQueries({ queryKey: ["figures", "value"] });
    },
    onError: complain,
  });
  return (
    <Button type="primary" loading={start.isPending || running} onClick={() => start.mutate()}>
      {say(first ? "runFirst" : "run")}
    </Button>
  );
}

/** Computes it once more and compares: what is shown can be relied on, or why not. */
function Reproduce({ run }: { run: ValueRun }) {
  const say = useFigures();
  const again = useMutation({ mutationFn: () => reproduceValueRun(run.valueRunId, {}) });
  return (
    <Flex vertical gap={8} style={{ minWidth: 0 }}>
      <Button loading={again.isPending} onClick={() => again.mutate()}>
        {say("reproduce")}
      </Button>
      {again.error && <Problem error={again.error} />}
      {again.data && (
        <Alert
          showIcon
          type={again.data.outputEqual ? "success" : "warning"}
          title={say(again.data.outputEqual ? "reproduced" : "notReproduced")}
          description={again.data.inputEqual ? undefined : say("notReproducedInput")}
        />
      )}
    </Flex>
  );
}
