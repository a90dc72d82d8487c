import { Group } from "@mantine/core";
import { useCommand } from "../../commands";
import { LeverMark } from "../../shared/LeverMark";
import { Lines, Loaded } from "../../shared/Loaded";
import { Notice } from "../../shared/Notice";
import { Page } from "../../shared/Page";
import { StateMark } from "../../shared/StateMark";
import { candidateOf, statusMark } from "./letter-words";
import { LetterActions } from "./LetterActions";
import { LetterActivity } from "./LetterActivity";
import { LetterFacts } from "./LetterFacts";
import { LetterFields } from "./LetterFields";
import { LetterVersions } from "./LetterVersions";
import { LetterWrites } from "./LetterWrites";
import { Tombstone } from "./Tombstone";

/** One offer letter: what it says, where each value is from, what Lever was told, and what can be done. */
export default function OfferPage({ id }: { id: string }) {
  const query = useCommand("letters.show", { id });
  const letter = query.data;
  const name = letter === undefined ? "Offer" : candidateOf(letter);
  return (
    <Page
      title={name}
      mark={letter?.source === "lever" && <LeverMark size={22} label="From Lever" />}
      description={
        letter && (
          <Group component="span" gap="sm">
            <StateMark badge {...statusMark(letter)} testId="offer-status" />
            <bdi>{letter.job}</bdi>
          </Group>
        )
      }
      crumbs={[{ label: "Offers", href: "/offers" }, { label: name }]}
      action={letter && letter.status !== "deleted" && <LetterActions letter={letter} />}
    >
      <Loaded query={query} skeleton={<Lines rows={12} />}>
        {(view) =>
          view.status === "deleted" ? (
            <Tombstone letter={view} />
          ) : (
            <>
              {view.attention !== null && (
                <Notice tone="wait" testId="letter-attention">
                  {view.attention} Change it in Lever, or override the field below.
                </Notice>
              )}
              <LetterFacts letter={view} />
              <LetterFields letter={view} />
              <LetterVersions letter={view} />
              <LetterWrites letter={view} />
              <LetterActivity id={view.id} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
