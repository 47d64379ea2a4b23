package foldback.export;

import jakarta.persistence.Column;
import jakarta.persistence.metamodel.EntityType;
import jakarta.persistence.metamodel.SingularAttribute;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of an entity as it maps them, and of the one that it refers to: what is selected, and how it is read, in one order. */
final class EntityColumns<E> {
    private static final Map<Class<?>, Function<CopiedRows, @Nullable Object>> READ = Map.of(
            String.class, CopiedRows::text,
            UUID.class, CopiedRows::uuid,
            Instant.class, CopiedRows::instant,
            int.class, CopiedRows::integer,
            long.class, CopiedRows::bigint,
            boolean.class, CopiedRows::truth);

    private record Attribute(Field field, Function<CopiedRows, @Nullable Object> read) {}

    private final Constructor<E> made;
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<String> selected = new ArrayList<>();

    /**
     * @param alias what the query calls the table of the entity
     * @param other what it calls the one of the entity that this one refers to
     */
    EntityColumns(EntityType<E> entity, String alias, String other) {
        this.made = constructor(entity.getJavaType());
        for (SingularAttribute<?, ?> attribute : entity.getSingularAttributes()) {
            Field field = (Field) attribute.getJavaMember();
            field.setAccessible(true);
            if (attribute.getType() instanceof EntityType<?> referred) {
                EntityColumns<?> columns = new EntityColumns<>(referred, other, other);
                attributes.add(new Attribute(field, columns::read));
                selected.addAll(columns.selected);
            } else {
                attributes.add(new Attribute(field, reading(field)));
                selected.add(sql(field, alias));
            }
        }
    }

    private static <E> Constructor<E> constructor(Class<E> entity) {
        try {
            return entity.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(entity + " cannot be read", e);
        }
    }

    private static Function<CopiedRows, @Nullable Object> reading(Field field) {
        Function<CopiedRows, @Nullable Object> reading = READ.get(field.getType());
        if (reading == null) {
            throw new IllegalArgumentException("no way to read " + field);
        }
        return reading;
    }

    /** What has a type of its own in the database, an enum or JSON, comes as its text. */
    private static String sql(Field field, String alias) {
        Column column = field.getAnnotation(Column.class);
        String name = alias + "." + (column == null || column.name().isEmpty() ? field.getName() : column.name());
        return field.getType() == String.class ? "cast(" + name + " as text)" : name;
    }

    int count() {
        return selected.size();
    }

    String sql() {
        return String.join(", ", selected);
    }

    E read(CopiedRows row) {
        try {
            E entity = made.newInstance();
            for (Attribute attribute : attributes) {
                attribute.field.set(entity, attribute.read.apply(row));
            }
            return entity;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(made + " takes no values", e);
        }
    }
}
