import fc from "fast-check";
import { expect, test } from "vitest";
import type { Member } from "../queues/queue.ts";
import type { Load } from "../queues/queues.ts";
import { chooseMember } from "./choose-member.ts";

const GRADES = ["A", "B", "C", "D"] as const;
const SKILLS = ["refunds", "de", "fr"];

const staff = fc.uniqueArray(
  fc.record({
    userId: fc.constantFrom(..."abcdefgh"),
    skills: fc.subarray(SKILLS),
    grades: fc.subarray([...GRADES]),
    capacity: fc.integer({ min: 0, max: 5 }),
    cases: fc.integer({ min: 0, max: 6 }),
    idleSince: fc.integer({ min: 0, max: 3 }),
    active: fc.boolean(),
  }),
  { selector: ({ userId }) => userId, maxLength: 8 },
);
const wanted = fc.record({ skills: fc.subarray(SKILLS), grade: fc.option(fc.constantFrom(...GRADES)) });

test("R092 whoever is chosen may take it, and nobody who may has more room or has waited longer", () => {
  fc.assert(
    fc.property(staff, wanted, (people, { skills, grade }) => {
      const members: Member[] = people.map(({ userId, skills, grades, capacity }) => ({
        userId,
        skills,
        grades,
        capacity,
      }));
      const loads: Load[] = people
        .filter(({ active }) => active)
        .map(({ userId, cases, idleSince }) => ({ userId, cases, lastAssignTime: new Date(idleSince) }));
      const may = people.filter(
        (one) =>
          one.active &&
          one.cases < one.capacity &&
          skills.every((skill) => one.skills.includes(skill)) &&
          (one.grades.length === 0 || (grade !== null && one.grades.includes(grade))),
      );
      const { userId, load, reason } = chooseMember(members, loads, { skills, grade });
      expect(reason).not.toBe("");
      const chosen = may.find((one) => one.userId === userId);
      expect(chosen === undefined).toBe(may.length === 0);
      if (!chosen) return;
      expect(load).toBe(chosen.cases);
      const room = (one: (typeof may)[number]) => one.cases / one.capacity;
      const least = Math.min(...may.map(room));
      expect(room(chosen)).toBe(least);
      const equals = may.filter((one) => room(one) === least);
      expect(chosen.idleSince).toBe(Math.min(...equals.map(({ idleSince }) => idleSince)));
    }),
    { numRuns: 1000 },
  );
});
