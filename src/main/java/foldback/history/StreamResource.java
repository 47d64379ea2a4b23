package foldback.history;

import foldback.access.Role;
import foldback.export.Exports;
import foldback.incident.IncidentExport;
import foldback.incident.IncidentList;
import foldback.incident.IncidentQuery;
import foldback.listing.Page;
import foldback.listing.Parameters;
import foldback.problem.Query;
import foldback.problem.Refusal;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Streams: one alert rule on one resource, what it says now and what it has said. */
@Path("/api/streams")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Streams")
public class StreamResource {
    private final StreamList streams;
    private final IncidentList incidents;
    private final IncidentExport export;
    private final Exports exports;

    StreamResource(StreamList streams, IncidentList incidents, IncidentExport export, Exports exports) {
        this.streams = streams;
        this.incidents = incidents;
        this.export = export;
        this.exports = exports;
    }

    /** The streams that match all filters, a page at a time. */
    @GET
    @RolesAllowed(Role.VIEWER)
    @Query(
            single = {"limit", "cursor", "count"},
            filters = {"userId", "ruleId", "alertName", "namespace", "metricName", "signal", "dimensions.*", "q"})
    @Operation(summary = "List streams", description = "By their last signal, the latest first.")
    public RestResponse<Page<StreamView>> list(@Context UriInfo uri) {
        return streams.page(new Parameters(uri)).answer(uri);
    }

    /** One stream. */
    @GET
    @Path("/{id}")
    @RolesAllowed(Role.VIEWER)
    @Operation(summary = "Read a stream", description = "What is display only is the latest seen.")
    public StreamView read(@PathParam("id") UUID id) {
        return existing(id);
    }

    /** The incidents of one stream, with the filters of the list of all incidents. */
    @GET
    @Path("/{id}/incidents")
    @Produces({MediaType.APPLICATION_JSON, Exports.CSV, Exports.NDJSON})
    @RolesAllowed(Role.VIEWER)
    @IncidentQuery
    @Operation(summary = "List a stream's incidents", description = "Newest first by default.")
    public Response incidents(@PathParam("id") UUID id, @Context UriInfo uri) {
        Parameters parameters = new Parameters(uri);
        existing(id);
        return exports.instead(
                () -> incidents.page(parameters, id).answer(uri), format -> export.answer(format, parameters, id));
    }

    private StreamView existing(UUID id) {
        StreamView stream = streams.one(id);
        if (stream == null) {
            throw Refusal.UNKNOWN_ID.because("There is no stream " + id + ".");
        }
        return stream;
    }
}
