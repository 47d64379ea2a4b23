package foldback.callback;

import foldback.callback.CallbackReading.NotRead;

/** What reading one alert came to, before the others of its callback are known. */
sealed interface AlertReading {
    record Taken(Alert alert) implements AlertReading {}

    record Left(NotRead why) implements AlertReading {}
}
