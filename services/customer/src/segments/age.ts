// Whole years of life, as Postgres' age() counts them: who was born on February 29 turns older on March 1.

export function ageOn(birthDay: string | null, today: string): bigint | undefined {
  if (birthDay === null) return undefined;
  const years = yearOf(today) - yearOf(birthDay);
  return BigInt(today.slice(5) < birthDay.slice(5) ? years - 1 : years);
}

/** The next day on which somebody turns older. */
export function birthdayAfter(birthDay: string, today: string): string {
  const year = yearOf(today);
  const thisYear = birthdayIn(birthDay, year);
  return thisYear > today ? thisYear : birthdayIn(birthDay, year + 1);
}

function birthdayIn(birthDay: string, year: number): string {
  const day = `${String(year).padStart(4, "0")}${birthDay.slice(4)}`;
  return new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10); // of a February 29 that is not there, March 1
}

const yearOf = (day: string) => Number(day.slice(0, 4));
