# The service without a database in it: docker-compose.yml brings one, or configure QUARKUS_DATASOURCE_JDBC_URL, _USERNAME
# and _PASSWORD. Built from what ./mvnw -DskipTests package has made.
FROM eclipse-temurin:17-jre

RUN useradd --system --home-dir /foldback --shell /usr/sbin/nologin foldback \
    && install -d -o foldback -g foldback -m 700 /foldback/data
WORKDIR /foldback
COPY target/quarkus-app/ ./

USER foldback
# Loopback would be reached by nobody; any other address needs a token and a key.
ENV QUARKUS_HTTP_HOST=0.0.0.0
ENV FOLDBACK_DATA_DIR=/foldback/data
VOLUME /foldback/data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["curl", "-fsS", "http://127.0.0.1:9000/q/health/live"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-jar", "quarkus-run.jar"]
