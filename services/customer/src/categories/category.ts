import { refuse } from "@guanxi/kit/refuse";

export interface CategoryState {
  readonly categoryId: string;
  readonly displayName: string;
  readonly parentCategoryId: string | null;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** As the contract has it: no parent is an empty text. */
export interface CategorySettings {
  readonly displayName: string;
  readonly parentCategoryId: string;
}

const DEEPEST = 10;

/** `line` are the categories from the parent up to the top, `height` the levels below this one. */
export function createCategory(
  categoryId: string,
  sent: CategorySettings,
  line: readonly string[],
  now: Date,
): CategoryState {
  requireDepth(line.length + 1);
  return { categoryId, ...settingsOf(sent), createTime: now, updateTime: now, version: 0 };
}

export function changeCategory(
  category: CategoryState,
  sent: CategorySettings,
  { line, height }: { line: readonly string[]; height: number },
  now: Date,
): CategoryState {
  if (line.includes(category.categoryId)) {
    throw refuse(
      "precondition",
      "CATEGORY_CIRCLE",
      "A category cannot stand below itself: choose another parent.",
    );
  }
  requireDepth(line.length + 1 + height);
  return { ...category, ...settingsOf(sent), updateTime: now };
}

function requireDepth(depth: number): void {
  if (depth > DEEPEST)
    throw refuse("precondition", "TREE_TOO_DEEP", `The tree has at most ${DEEPEST} levels.`);
}

const settingsOf = ({ displayName, parentCategoryId }: CategorySettings) => ({
  displayName,
  parentCategoryId: parentCategoryId || null,
});

export const unknownCategory = (field: string) =>
  refuse("invalid", "UNKNOWN_CATEGORY", "Name a category that exists.", [
    { field, description: "is no category", reason: "UNKNOWN_CATEGORY" },
  ]);
