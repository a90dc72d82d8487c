import { CloseButton, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { useCommand } from "../../commands";
import { Empty } from "../../shared/Empty";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { TextLink } from "../../shared/TextLink";
import { count } from "../../shared/words";
import { Card } from "../../shared/Card";
import { PeopleTable } from "./PeopleTable";
import { PersonDrawer } from "./PersonDrawer";
import { WaitingImports } from "./WaitingImports";

const TYPING_PAUSE_MS = 200;

/** Who came from Lever; one person opens beside the list. */
export default function PeoplePage({ openId }: { openId?: string }) {
  const [, navigate] = useLocation();
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search.trim(), TYPING_PAUSE_MS);
  const people = useCommand("people.list", { search: asked || null }, { keepPrevious: true });
  return (
    <Page title="People" description="Everyone whom a hire in Lever brought here.">
      <Stack gap="md">
        <WaitingImports />
        <TextInput
          maw={360}
          type="search"
          aria-label="Search people"
          placeholder="Name or e-mail"
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={search !== "" && <CloseButton size="sm" aria-label="Clear the search" onClick={() => setSearch("")} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Card>
          <Loaded query={people}>
            {(rows) =>
              rows.length > 0 ? (
                <PeopleTable people={rows} onOpen={(id) => navigate(`/people/${encodeURIComponent(id)}`)} />
              ) : asked === "" ? (
                <NobodyYet />
              ) : (
                <Empty icon={IconSearch} title="Nobody found" why={`No name or e-mail contains “${asked}”.`} />
              )
            }
          </Loaded>
        </Card>
        {people.data && people.data.length > 0 && (
          <Text size="xs" c="dimmed" role="status">
            {count(people.data.length, "person", "people")}
          </Text>
        )}
      </Stack>
      <PersonDrawer id={openId} onClose={() => navigate("/people")} />
    </Page>
  );
}

function NobodyYet() {
  return (
    <Empty
      icon={IconUsers}
      title="No people yet"
      why="A person appears here when a candidate is marked as hired in Lever and a listener lets them into a workflow."
      action={<TextLink href="/workflows">Open Workflows</TextLink>}
    />
  );
}
