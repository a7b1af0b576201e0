import { useNavigate } from "@tanstack/react-router";
import { Button, Card, Flex } from "antd";
import { useMay } from "../../api/session.ts";
import { Nothing } from "../../ui/empty.tsx";
import type { CustomersSearch } from "../search.ts";
import { useListWords } from "./words.ts";

interface Props {
  search: CustomersSearch;
  onClear: () => void;
  onCreate: () => void;
}

/** Nobody at all, or nobody who fits. */
export function NobodyHere({ search, onClear, onCreate }: Props) {
  const say = useListWords();
  const may = useMay();
  const navigate = useNavigate();
  if (search.filter || search.q)
    return (
      <Card>
        <Nothing
          title={say("noneFound")}
          hint={say("noneFoundHint")}
          action={<Button onClick={onClear}>{say("clear")}</Button>}
        />
      </Card>
    );
  return (
    <Card>
      <Nothing
        title={say("none")}
        hint={say("noneHint")}
        action={
          <Flex gap={8} justify="center">
            {may("customer", "create") && (
              <Button type="primary" onClick={onCreate}>
                {say("create")}
              </Button>
            )}
            {may("customer_import", "create") && (
              <Button onClick={() => void navigate({ to: "/imports" })}>{say("import")}</Button>
            )}
          </Flex>
        }
      />
    </Card>
  );
}
