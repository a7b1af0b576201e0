import { Button, Flex, Tag } from "antd";
import type { Book } from "../list/lookups.ts";
import type { Group } from "./model.ts";
import { useFilterWords } from "./words.ts";
import { write } from "./write.ts";

interface ConditionsProps {
  group: Group | undefined;
  filter: string;
  book: Book;
  onFilter: (filter: string) => void;
}

/** The conditions in words, each to be taken away; of "any of these" only the whole. */
export function Conditions({ group, filter, book, onFilter }: ConditionsProps) {
  const say = useFilterWords();
  if (!filter) return null;
  if (!group || group.is === "any" || group.of.length === 0) {
    const text = group ? book.naming.node(group, book.fields) : filter;
    return (
      <div>
        <Chip text={text} onClose={() => onFilter("")} />
      </div>
    );
  }
  return (
    <Flex gap={8} wrap>
      {group.of.map((node, index) => (
        <Chip
          // A condition has no name but its place.
          key={index}
          text={book.naming.node(node, book.fields)}
          onClose={() => onFilter(write({ ...group, of: group.of.toSpliced(index, 1) }, book.fields))}
        />
      ))}
      {group.of.length > 1 && (
        <Button type="link" size="small" onClick={() => onFilter("")}>
          {say("clear")}
        </Button>
      )}
    </Flex>
  );
}

function Chip({ text, onClose }: { text: string; onClose: () => void }) {
  const say = useFilterWords();
  return (
    <Tag
      closable={{ "aria-label": say("remove", { text }) }}
      onClose={(event) => {
        event.preventDefault();
        onClose();
      }}
      style={{
        maxWidth: "100%",
        overflow: "hidden",
        textOverflow: "ellipsis",
        fontSize: 13,
        lineHeight: "24px",
      }}
      title={text}
    >
      {text}
    </Tag>
  );
}
