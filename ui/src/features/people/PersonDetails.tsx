import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "wouter";
import type { FieldValue, PersonView } from "../../generated/api";
import { ExternalLink } from "../../shared/ExternalLink";
import { LeverMark } from "../../shared/LeverMark";
import { Masked } from "../../shared/Masked";
import { Time } from "../../shared/Time";
import { NamedBy } from "./NamedBy";
import classes from "./PersonDetails.module.css";
import { PersonLink } from "./PersonLink";

/** Every field with where it came from, and the workflows the person is in. */
export function PersonDetails({ person }: { person: PersonView }) {
  return (
    <Stack gap="lg">
      <Stack gap={4}>
        <Group gap={6}>
          <LeverMark size={16} />
          <Text size="sm">
            Imported from Lever <Time at={person.imported_at} />
          </Text>
        </Group>
        <Text size="xs" c="dimmed">
          Read from Lever <Time at={person.updated_at} />
        </Text>
        {person.lever_url !== null && <ExternalLink href={person.lever_url}>Open the candidate in Lever</ExternalLink>}
      </Stack>
      <section>
        <Title order={3}>Workflows</Title>
        {person.workflows.length === 0 && (
          <Text size="sm" c="dimmed">
            In no workflow. A listener of a workflow lets people in.
          </Text>
        )}
        {person.workflows.map(({ id, name, entered_at }) => (
          <Group key={id} justify="space-between" className={classes.line}>
            <Anchor component={Link} href={`/workflows/${encodeURIComponent(id)}`} size="sm">
              {name}
            </Anchor>
            <Text size="xs" c="dimmed">
              Entered <Time at={entered_at} />
            </Text>
          </Group>
        ))}
      </section>
      {person.named_by.length > 0 && <NamedBy named={person.named_by} />}
      {person.groups.map(({ name, fields }) => (
        <section key={name} aria-label={name}>
          <Title order={3}>{name}</Title>
          <dl className={classes.fields}>
            {fields.map((field) => (
              <Field key={field.id} field={field} />
            ))}
          </dl>
        </section>
      ))}
    </Stack>
  );
}

function Field({ field: { label, value, masked, origin, colleague } }: { field: FieldValue }) {
  return (
    <div className={classes.line}>
      <dt>{label}</dt>
      <dd>
        <span dir="auto">
          {value === null ? <em className={classes.empty}>empty</em> : masked ? <Masked value={value} label={label} /> : value}
        </span>
        {colleague !== null && <PersonLink person={colleague} />}
        <span className={classes.origin}>{origin ?? "Not mapped"}</span>
      </dd>
    </div>
  );
}
