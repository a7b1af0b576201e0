// What one can do with a customer; what one may not is not there.
import { CheckSquareOutlined, DownOutlined, PhoneOutlined } from "@ant-design/icons";
import { Button, Dropdown, Tooltip } from "antd";
import { type Doing, useDo } from "./doing.ts";
import { useSeen } from "./seen.ts";
import { usePage } from "./words.ts";

export function Actions() {
  const say = usePage();
  const act = useDo();
  const { may, customer } = useSeen();
  const active = customer.state === "STATE_ACTIVE";
  const rest = useRest();
  return (
    <>
      {active && may("interaction", "create") && (
        <Tooltip title={say("keys")}>
          <Button type="primary" icon={<PhoneOutlined />} onClick={() => act({ what: "contact" })}>
            {say("logContact")}
          </Button>
        </Tooltip>
      )}
      {active && may("task", "create") && (
        <Button icon={<CheckSquareOutlined />} onClick={() => act({ what: "task" })}>
          {say("newTask")}
        </Button>
      )}
      {rest.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: rest.map(({ key, label }) => ({ key, label })),
            onClick: ({ key }) => act(rest.find((each) => each.key === key)!.doing),
          }}
        >
          <Button icon={<DownOutlined />} iconPlacement="end">
            {say("more")}
          </Button>
        </Dropdown>
      )}
    </>
  );
}

function useRest(): { key: string; label: string; doing: Doing }[] {
  const say = usePage();
  const { may, mayChange, customer } = useSeen();
  const active = customer.state === "STATE_ACTIVE";
  const all: [boolean, string, Doing][] = [
    [active && may("opportunity", "create"), say("newOpportunity"), { what: "opportunity" }],
    [active && may("case", "create"), say("newCase"), { what: "case" }],
    [active && !customer.ownerId && may("customer", "claim"), say("claim"), { what: "claim" }],
    [active && may("customer", "change_owner"), say("changeOwner"), { what: "owner" }],
    [mayChange, say("changeStage"), { what: "judge", about: "stage" }],
    [mayChange, say("changeClass"), { what: "judge", about: "class" }],
    [mayChange, say("changeGrade"), { what: "judge", about: "grade" }],
    [mayChange, say("changeLevel"), { what: "judge", about: "level" }],
    [active && may("customer", "merge"), say("merge"), { what: "merge" }],
    [active && may("customer", "archive"), say("archive"), { what: "archive" }],
    [!active && may("customer", "archive"), say("restore"), { what: "restore" }],
  ];
  return all
    .filter(([shown]) => shown)
    .map(([, label, doing], index) => ({ key: String(index), label, doing }));
}
