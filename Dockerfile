# Builds the production class path: no embedded servers, no simulator data folder, no tests.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
RUN mvn --batch-mode --no-transfer-progress compile dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/lib

FROM eclipse-temurin:25-jre
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home /app chorus \
    && install -d -o chorus /app/data
WORKDIR /app
COPY --from=build /build/target/lib lib
COPY --from=build /build/target/classes classes
COPY prompts prompts
USER chorus
EXPOSE 7070
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "--enable-native-access=ALL-UNNAMED", "-cp", "classes:lib/*", "ai.cscx.chorus.Main"]
