// Takes the facts of one person only. The condition stands in the address, in the language that the service takes.
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { peopleQuery } from "./rows/read.ts";
import { useFiguresSearch } from "./use-search.ts";
import { useFigures } from "./words.ts";

const OWNER = /^(owner_id|assignee_id) == "([0-9a-f-]{36})"$/;

export function OwnerChoice({ field }: { field: "owner_id" | "assignee_id" }) {
  const say = useFigures();
  const [{ filter }, change] = useFiguresSearch();
  const people = useQuery(peopleQuery).data;
  const owner = filter && OWNER.exec(filter)?.[2];
  if (!people || people.size === 0) return null;
  return (
    <Select
      aria-label={say("onlyAgent")}
      showSearch={{ optionFilterProp: "label" }}
      style={{ width: 180 }}
      value={owner ?? ""}
      options={[
        { value: "", label: `${say("onlyAgent")}: ${say("everyone")}` },
        ...[...people].map(([value, label]) => ({ value, label })),
      ]}
      onChange={(id) => change({ filter: id ? `${field} == "${id}"` : undefined })}
    />
  );
}
