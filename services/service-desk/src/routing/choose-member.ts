// Who of a queue gets a case.
import type { CaseGrade } from "../cases/case-state.ts";
import type { Member } from "../queues/queue.ts";
import type { Load } from "../queues/queues.ts";

export interface Wanted {
  readonly skills: readonly string[];
  readonly grade: CaseGrade | null;
}

export interface Choice {
  /** Null where the case waits in the queue; the reason says for what. */
  readonly userId: string | null;
  readonly load: number;
  readonly reason: string;
}

/**
 * Of the members who know all that is asked, serve the grade and have room: whoever has least to do for what they can
 * take, then whoever has waited longest.
 */
export function chooseMember(members: readonly Member[], loads: readonly Load[], wanted: Wanted): Choice {
  const byUser = new Map(loads.map((load) => [load.userId, load]));
  const here = members.flatMap((member) => {
    const load = byUser.get(member.userId);
    return load && member.capacity > 0 ? [{ member, load }] : [];
  });
  if (here.length === 0) return nobody("nobody of the queue takes cases");
  const skilled = here.filter(({ member }) => wanted.skills.every((skill) => member.skills.includes(skill)));
  if (skilled.length === 0) return nobody(`nobody of the queue knows ${wanted.skills.join(", ")}`);
  const fitting = skilled.filter(({ member }) => serves(member, wanted.grade));
  if (fitting.length === 0)
    return nobody(
      `nobody ${knowing(wanted.skills)}serves ${wanted.grade ? `grade ${wanted.grade}` : "customers without a grade"}`,
    );
  const free = fitting.filter(({ member, load }) => load.cases < member.capacity);
  if (free.length === 0) return nobody(`all ${fitting.length} who could take it have their hands full`);
  const { member, load } = free.toSorted(byRoom)[0]!;
  const of = [
    wanted.grade ? `grade ${wanted.grade}` : [],
    wanted.skills.map((skill) => `skill ${skill}`),
  ].flat(2);
  return {
    userId: member.userId,
    load: load.cases,
    reason: [...of, `${load.cases} of ${member.capacity} cases`].join(", "),
  };
}

const nobody = (reason: string): Choice => ({ userId: null, load: 0, reason });

const knowing = (skills: readonly string[]) => (skills.length > 0 ? `who knows ${skills.join(", ")} ` : "");

const serves = ({ grades }: Member, grade: CaseGrade | null) =>
  grades.length === 0 || (grade !== null && grades.includes(grade));

interface Candidate {
  readonly member: Member;
  readonly load: Load;
}

function byRoom(one: Candidate, other: Candidate): number {
  const less = one.load.cases * other.member.capacity - other.load.cases * one.member.capacity;
  return less || idleSince(one) - idleSince(other) || (one.member.userId < other.member.userId ? -1 : 1);
}

const idleSince = ({ load }: Candidate) => load.lastAssignTime?.getTime() ?? 0;
