// Theirs and mine, side by side, for whoever has to choose.
import type { FieldDefinition } from "@guanxi/client/gen/guanxi";
import { Alert, Button, Flex, Radio, Typography } from "antd";
import { useState } from "react";
import { useLabel, useLanguage } from "../../../text/texts.ts";
import { useUi } from "../../../ui/words.ts";
import { useCards } from "../card-words.ts";
import { addressOf } from "../cards/address.ts";
import { labelOf } from "../custom.ts";
import { textOf } from "../dates.ts";
import { type Choice, conflictOf, type Fields, settled } from "./conflict.ts";
import type { Draft } from "./draft.ts";
import { useEdit } from "./words.ts";

interface Props {
  base: Fields;
  mine: Fields;
  theirs: Fields;
  fields: readonly FieldDefinition[];
  saving: boolean;
  onCancel: () => void;
  onSave: (changes: Fields) => void;
}

export function ConflictPanel({ base, mine, theirs, fields, saving, onCancel, onSave }: Props) {
  const say = useEdit();
  const ui = useUi();
  const card = useCards();
  const name = useFieldName(fields);
  const shown = useShown();
  const { both, onlyMine, onlyTheirs } = conflictOf(base, mine, theirs);
  const [choices, setChoices] = useState<Record<string, Choice>>(() =>
    Object.fromEntries(both.map((key) => [key, "mine"])),
  );
  return (
    <Flex vertical gap={12} role="alertdialog" aria-label={say("conflict")}>
      <Alert
        type="warning"
        showIcon
        title={say("conflict")}
        description={both.length > 0 ? say("conflictWhy") : say("conflictFree")}
      />
      {both.map((key) => (
        <fieldset key={key} style={{ border: 0, margin: 0, padding: 0 }}>
          <legend style={{ padding: "0 0 4px" }}>
            <Typography.Text strong>{name(key)}</Typography.Text>
          </legend>
          <Radio.Group
            vertical
            value={choices[key]}
            onChange={({ target }) => setChoices({ ...choices, [key]: target.value as Choice })}
          >
            <Side choice="theirs" name={key} value={theirs[key]} />
            <Side choice="mine" name={key} value={mine[key]} />
          </Radio.Group>
        </fieldset>
      ))}
      {onlyMine.map((key) => (
        <Flex key={key} vertical>
          <Typography.Text strong>{name(key)}</Typography.Text>
          <Typography.Text>{say("mine", { value: shown(key, mine[key]) })}</Typography.Text>
        </Flex>
      ))}
      {onlyTheirs.length > 0 && (
        <Typography.Text type="secondary">
          {say("alsoTheirs", { fields: onlyTheirs.map(name).join(card("comma")) })}
        </Typography.Text>
      )}
      <Flex gap={8} justify="flex-end">
        <Button size="small" onClick={onCancel}>
          {ui("cancel")}
        </Button>
        <Button
          size="small"
          type="primary"
          loading={saving}
          onClick={() => onSave(settled(base, mine, theirs, choices))}
        >
          {say("saveChoice")}
        </Button>
      </Flex>
    </Flex>
  );
}

function Side({ choice, name, value }: { choice: Choice; name: string; value: unknown }) {
  const say = useEdit();
  const shown = useShown();
  return <Radio value={choice}>{say(choice, { value: shown(name, value) })}</Radio>;
}

function useShown(): (name: string, value: unknown) => string {
  const say = useEdit();
  const label = useLabel();
  return (name, value) => shownOf(name, value, label) || say("empty");
}

type Label = ReturnType<typeof useLabel>;

const WORDED: Readonly<Record<string, (value: never, label: Label) => string>> = {
  birthDate: (value: Draft["birthDate"]) => textOf(value),
  partyRoles: (value: Draft["partyRoles"], label) =>
    value.map((each) => label("PartyRole", each)).join(" / "),
  contactPoints: (value: Draft["contactPoints"]) => value.map((each) => each.value).join(" / "),
  addresses: (value: Draft["addresses"]) => value.map(addressOf).join(" / "),
  preferredChannel: (value: Draft["preferredChannel"], label) => label("CustomerChannel", value),
};

function shownOf(name: string, value: unknown, label: Label): string {
  if (value === undefined || value === null) return "";
  // Each is given the value of the field whose name it stands under.
  return WORDED[name]?.(value as never, label) ?? String(value);
}

type Word = Parameters<ReturnType<typeof useCards>>[0];

function useFieldName(fields: readonly FieldDefinition[]): (key: string) => string {
  const card = useCards();
  const language = useLanguage();
  return (key) => {
    const field = fields.find((each) => key === `custom.${each.key}`);
    if (field) return labelOf(field, language);
    return card((key === "addresses" ? "address" : key) as Word);
  };
}
