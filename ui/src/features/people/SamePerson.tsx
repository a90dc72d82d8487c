import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useAction } from "../../commands";
import type { HeldImport, SamePerson as Said } from "../../generated/api";
import { Problem } from "../../shared/Problem";
import { useAnnounce } from "../../shared/announce";
import { PersonComparison } from "./PersonComparison";

interface SamePersonProps {
  hire: HeldImport;
  /** What else can be done. */
  others: ReactNode;
}

/** *Same person?*: each person whom the hire may be beside what would change, and the two answers. */
export function SamePerson({ hire: { opportunity_id, name, same_person }, others }: SamePersonProps) {
  const announce = useAnnounce();
  const decide = useAction("imports.decide");
  const say = (said: Said, words: string) =>
    decide.mutate({ opportunity_id, same_person: said }, { onSuccess: () => announce(words) });
  return (
    <Stack gap="md" data-testid="same-person">
      <Text size="sm">
        <Text span fw={600}>
          Same person?
        </Text>{" "}
        Somebody with the same contact or e-mail address is in People already, from another opportunity. The answer holds for this
        opportunity.
      </Text>
      {same_person.map((person, index) => (
        <Stack key={person.id} gap="sm">
          <PersonComparison person={person} />
          <Group gap="sm">
            <Button
              size="xs"
              loading={decide.isPending}
              onClick={() => say({ kind: "update", person_id: person.id }, `${person.name} is updated`)}
            >
              <span>
                Update <bdi>{person.name}</bdi>
              </span>
            </Button>
            {index === same_person.length - 1 && (
              <>
                <Button
                  size="xs"
                  variant="default"
                  disabled={decide.isPending}
                  aria-label={`Add ${name} as another person`}
                  onClick={() => say({ kind: "another" }, `${name} is added as another person`)}
                >
                  Add as another person
                </Button>
                {others}
              </>
            )}
          </Group>
        </Stack>
      ))}
      {decide.error && <Problem error={decide.error} />}
    </Stack>
  );
}
