import { services } from "@guanxi/local/services";
import type { Passwords } from "./setup-secrets.ts";

interface Place {
  readonly stream: string;
  /** Who reads along besides the services, each by one durable of its own name. */
  readonly departments: readonly string[];
}

interface Rights {
  readonly publish:
    | readonly string[]
    | { readonly allow: readonly string[]; readonly deny: readonly string[] };
  readonly subscribe: readonly string[];
}

/**
 * What nats.conf includes: `operator` may do everything, everybody else what is written down here, nobody is nameless.
 * Departments have an account of their own, into which only what they may ask is let. A server does not look at where an
 * answer is to go: within one account, who may ask for messages with the reply $JS.API.STREAM.DELETE.<stream> has the server
 * take the stream away (seen with 2.9.10 and 2.15.1). From another account the reply is a name of that account.
 */
export function natsUsers(passwords: Passwords, { stream, departments }: Place): string {
  const behind = services.filter(({ front }) => !front);
  const inside = [
    userOf(passwords, "operator"),
    ...behind.map(({ name, reads = [] }) =>
      userOf(passwords, name, ofService(stream, name, ["identity-projection-rights", ...reads])),
    ),
  ];
  const outside = departments.map((name) => userOf(passwords, name, ofDepartment(stream, name)));
  const asked = [...new Set(departments.flatMap((name) => askedBy(stream, name)))];
  const shown = shownTo(stream);
  const taken = [...behind.flatMap(durablesOf), ...departments];
  const front = userOf(passwords, "gateway", ofGateway(stream, taken));
  const exports = [...new Set([...asked, ...shown])].map((subject) =>
    exported(subject, { departments: asked, gateway: shown }),
  );
  return [
    "# Written by `guanxi setup`.",
    `guanxi: ${written({ jetstream: "enabled", exports, users: inside })}`,
    `departments: ${written({ imports: asked.map(imported), users: outside })}`,
    `gateway: ${written({ imports: shown.map(imported), users: [front] })}\n`,
  ].join("\n");
}

const imported = (subject: string) => ({ service: { account: "guanxi", subject } });

/** A request for the next messages has many answers; what has one is forgotten with it. */
const exported = (service: string, asking: Readonly<Record<string, readonly string[]>>) => ({
  service,
  response_type: service.includes(".MSG.NEXT.") ? "stream" : "singleton",
  accounts: Object.keys(asking).filter((account) => asking[account]!.includes(service)),
});

const written = (part: object) => JSON.stringify(part, undefined, 2); // which NATS reads as well

const userOf = (passwords: Passwords, name: string, permissions?: Rights) => ({
  user: name,
  password: passwords(`nats ${name}`),
  ...(permissions && { permissions }),
});

/** Says what happened in its own area, and takes the durables that its readers have, with their filters. */
function ofService(stream: string, name: string, reads: readonly string[]): Rights {
  const durables = reads.flatMap((read) => {
    const durable = durableOf(name, read);
    return [
      `$JS.API.CONSUMER.CREATE.${stream}.${durable}.guanxi.*.${read.split("-")[0]}.v1.>`,
      `$JS.API.CONSUMER.DELETE.${stream}.${durable}`,
      ...reading(stream, durable),
    ];
  });
  return {
    publish: [
      `guanxi.*.${name.replaceAll("-", "_")}.v1.>`,
      ...looking(stream),
      `$JS.API.STREAM.MSG.GET.${stream}`, // is what I published or read still where it was?
      ...durables,
    ],
    subscribe: [inboxOf(name)],
  };
}

const durableOf = (name: string, read: string) => `${name.replaceAll("-", "_")}-${read}`;

const durablesOf = ({ name, reads = [] }: (typeof services)[number]) =>
  ["identity-projection-rights", ...reads].map((read) => durableOf(name, read));

/**
 * Reads for people who look on, by consumers that go when they go. A user may not be kept to names that begin in some way, so
 * the names that somebody has are kept from this one; it acknowledges nothing, and says nothing.
 */
function ofGateway(stream: string, taken: readonly string[]): Rights {
  const deny = taken.flatMap((durable) => [
    `$JS.API.CONSUMER.*.${stream}.${durable}`,
    `$JS.API.CONSUMER.*.${stream}.${durable}.>`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
  ]);
  return { publish: { allow: shownTo(stream), deny }, subscribe: [inboxOf("gateway")] };
}

const shownTo = (stream: string) => [
  ...looking(stream),
  `$JS.API.STREAM.MSG.GET.${stream}`, // how far is what is there?
  `$JS.API.CONSUMER.CREATE.${stream}.*.guanxi.>`,
  `$JS.API.CONSUMER.INFO.${stream}.*`,
  `$JS.API.CONSUMER.MSG.NEXT.${stream}.*`,
  `$JS.API.CONSUMER.DELETE.${stream}.*`,
];

/** All events or some, as it likes. */
const ofDepartment = (stream: string, name: string): Rights => ({
  publish: askedBy(stream, name),
  subscribe: [inboxOf(name)],
});

function askedBy(stream: string, name: string): string[] {
  const durable = [
    `$JS.API.CONSUMER.CREATE.${stream}.${name}`,
    `$JS.API.CONSUMER.CREATE.${stream}.${name}.>`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.${name}`, // how clients ask that filter by several subjects
    `$JS.API.CONSUMER.DELETE.${stream}.${name}`,
  ];
  return [...looking(stream), ...durable, ...reading(stream, name)];
}

const looking = (stream: string) => ["$JS.API.INFO", `$JS.API.STREAM.INFO.${stream}`];

const reading = (stream: string, durable: string) => [
  `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
  `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
  `$JS.ACK.${stream}.${durable}.>`,
];

// As natsAddress() in the kit has it: answers to others are not for these ears.
const inboxOf = (user: string) => `_INBOX.${user}.>`;
