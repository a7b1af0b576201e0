const A_PAGE = 200;

interface Asked {
  pageSize: number;
  pageToken: string;
}

/** All of a list, page by page: what people choose among is never cut without a word. */
export async function allOf<Page extends { nextPageToken: string }, Item>(
  read: (asked: Asked) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[],
): Promise<Item[]> {
  const items: Item[] = [];
  let pageToken = "";
  do {
    const page = await read({ pageSize: A_PAGE, pageToken });
    items.push(...itemsOf(page));
    pageToken = page.nextPageToken;
  } while (pageToken);
  return items;
}
