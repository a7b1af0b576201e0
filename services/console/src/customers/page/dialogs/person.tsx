// Somebody who works at the customer: what part they play, and how they are reached.
import {
  AffiliationRole,
  AffiliationSeniority,
  type Contact,
  createContact,
  getContact,
  leaveCustomer,
  updateContact,
} from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Alert, DatePicker, Flex, Form, Input, InputNumber, Modal, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { ifMatch, problemOf } from "../../../api/api.ts";
import { useLabel } from "../../../text/texts.ts";
import { Loading } from "../../../ui/loading.tsx";
import { Problem } from "../../../ui/problem.tsx";
import { dayOf } from "../dates.ts";
import { conflictOf } from "../edit/conflict.ts";
import { useChoices } from "../edit/fields.tsx";
import { isMasked, useSeen } from "../seen.ts";
import { changedContact, newContact, type PersonValues, valuesOf } from "./contact-form.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useDialogs } from "./words.ts";

interface Props {
  contactId?: string;
  onClose: () => void;
}

export function PersonDialog({ contactId, onClose }: Props) {
  const say = useDialogs();
  const { data, error } = useQuery({
    queryKey: ["contact", contactId],
    queryFn: ({ signal }) => getContact(contactId!, undefined, { signal }),
    enabled: contactId !== undefined,
    staleTime: 0,
    gcTime: 0,
  });
  if (contactId && !data)
    return (
      <Modal open title={say("editPerson")} footer={null} onCancel={onClose}>
        {error ? <Problem error={error} /> : <Loading rows={5} />}
      </Modal>
    );
  return <PersonForm contact={data} onClose={onClose} />;
}

function PersonForm({ contact: read, onClose }: { contact: Contact | undefined; onClose: () => void }) {
  const say = useDialogs();
  const { customerId } = useSeen();
  // The one that the form began with; another read meanwhile must not pass for what the person saw.
  const [contact, setContact] = useState(read);
  const [clash, setClash] = useState<Clash>();
  const [form] = Form.useForm<PersonValues>();
  const send = async (values: PersonValues, headers: { "Idempotency-Key": string }) => {
    if (!contact) return createContact(newContact(values, customerId), headers);
    try {
      return await updateContact(contact.contactId, changedContact(values, customerId, contact), {
        ...ifMatch(contact.etag),
        ...headers,
      });
    } catch (error) {
      if (problemOf(error).status === 412) {
        const theirs = await getContact(contact.contactId);
        const now = { ...valuesOf(theirs, customerId) };
        const { both, onlyTheirs } = conflictOf({ ...valuesOf(contact, customerId) }, { ...values }, now);
        // Where only they have written, theirs stays; what was typed is never taken away.
        form.setFieldsValue(
          Object.fromEntries(Object.entries(now).filter(([key]) => onlyTheirs.includes(key))),
        );
        setContact(theirs);
        setClash({ both, onlyTheirs, theirs: now });
      }
      throw error;
    }
  };
  return (
    <FormDialog<PersonValues>
      form={form}
      title={say(contact ? "editPerson" : "addPerson")}
      done={say("personDone")}
      onClose={onClose}
      send={send}
      initial={
        contact ? valuesOf(contact, customerId) : { role: "ROLE_OTHER", seniority: "SENIORITY_UNSPECIFIED" }
      }
    >
      {clash && <ClashNote {...clash} />}
      <PersonInputs masked={isMasked(contact?.displayName)} />
    </FormDialog>
  );
}

interface Clash {
  both: readonly string[];
  onlyTheirs: readonly string[];
  theirs: PersonValues;
}

function ClashNote({ both, onlyTheirs, theirs }: Clash) {
  const say = useDialogs();
  const label = useLabel();
  const shown: Record<string, unknown> = {
    ...theirs,
    role: label("AffiliationRole", theirs.role),
    seniority: label("AffiliationSeniority", theirs.seniority),
  };
  const line = (word: "personTheirs" | "personTaken", key: string) => {
    const field = say(key === "name" ? "personName" : (key as Exclude<keyof PersonValues, "name">));
    return (
      <div key={key}>{say(word, { field, value: String(shown[key] ?? "") || say("personNothing") })}</div>
    );
  };
  return (
    <Alert
      type="warning"
      title={say("personClash")}
      description={[
        ...both.map((key) => line("personTheirs", key)),
        ...onlyTheirs.map((key) => line("personTaken", key)),
      ]}
      style={{ marginBottom: 12 }}
    />
  );
}

function PersonInputs({ masked }: { masked: boolean }) {
  const say = useDialogs();
  const choices = useChoices();
  const half = { flex: "1 1 200px" };
  return (
    <>
      <Form.Item
        name="name"
        label={say("personName")}
        rules={[{ required: true, whitespace: true, message: say("needed") }]}
      >
        <Input maxLength={200} autoFocus disabled={masked} />
      </Form.Item>
      <Flex gap="0 12px" wrap>
        <Form.Item name="role" label={say("role")} style={half}>
          <Select options={choices("AffiliationRole", AffiliationRole)} />
        </Form.Item>
        <Form.Item name="influence" label={say("influence")} style={half}>
          <InputNumber min={0} max={5} precision={0} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="title" label={say("title")} style={half}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="department" label={say("department")} style={half}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="seniority" label={say("seniority")} style={half}>
          <Select options={choices("AffiliationSeniority", AffiliationSeniority, true)} />
        </Form.Item>
        <Form.Item name="phone" label={say("phone")} style={half}>
          <Input disabled={masked} />
        </Form.Item>
        <Form.Item name="email" label={say("email")} style={half}>
          <Input disabled={masked} />
        </Form.Item>
      </Flex>
    </>
  );
}

interface Left {
  day: Dayjs;
  reason?: string;
}

export function Leave({
  contactId,
  name,
  onClose,
}: {
  contactId: string;
  name: string;
  onClose: () => void;
}) {
  const say = useDialogs();
  const { customerId } = useSeen();
  return (
    <FormDialog<Left>
      title={say("leave", { name })}
      done={say("leaveDone")}
      onClose={onClose}
      send={({ day, reason = "" }, headers) =>
        leaveCustomer(contactId, { customerId, endDate: dayOf(day), reason }, headers)
      }
      initial={{ day: dayjs() }}
    >
      <Form.Item name="day" label={say("leaveDay")} rules={[{ required: true, message: say("needed") }]}>
        <DatePicker style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="reason" label={say("reason")}>
        <Input maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
