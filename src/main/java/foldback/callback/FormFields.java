package foldback.callback;

import org.jspecify.annotations.Nullable;

/** Takes from a form, {@code alertName=cpu&alertState=OK&curValue=9.6}, the fields that are read. */
final class FormFields {
    private FormFields() {}

    /** Null where the text has no {@code =} at all, so that it is no form. */
    static @Nullable FieldValues read(byte[] body, int start) {
        FieldValues values = new FieldValues();
        FormPairs pairs = new FormPairs(body, start);
        boolean isForm = false;
        while (pairs.next()) {
            isForm |= pairs.hasEquals();
            take(pairs, values);
        }
        return isForm ? values : null;
    }

    private static void take(FormPairs pairs, FieldValues values) {
        FieldName name = FieldNames.exactly(pairs.body(), pairs.keyStart(), pairs.keyEnd());
        if (name != null) {
            values.put(name, pairs.value());
            return;
        }
        String key = pairs.key();
        FieldName likely = FieldNames.ignoringCase(key);
        if (likely != null) {
            values.put(likely, key, pairs.value());
        }
    }
}
