# The same steps as ./run and ./test: locked restore, npm ci, publish. The webmail's folder becomes wwwroot of the server.
#   docker build -t gateway .
#   docker run -p 8080:8080 -v gateway:/data --read-only --tmpfs /tmp gateway
FROM node:20-bookworm-slim AS webmail
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY openapi/gateway.v1.json ../openapi/
COPY web/ ./
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS server
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/Directory.Build.props src/BannedSymbols.txt src/
COPY src/Gateway.Mail/Gateway.Mail.csproj src/Gateway.Mail/packages.lock.json src/Gateway.Mail/
COPY src/Gateway/Gateway.csproj src/Gateway/packages.lock.json src/Gateway/
RUN dotnet restore src/Gateway --locked-mode
COPY openapi/ openapi/
COPY src/ src/
COPY --from=webmail /src/web/dist web/dist
# No web/package.json here, so publish takes the webmail as it was built above.
RUN dotnet publish src/Gateway -c Release --no-restore -o /app && mkdir /empty

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS final
WORKDIR /app
COPY --from=server /app ./
# The final image has no shell to make the folder with; a volume mounted here takes over its owner.
COPY --from=server --chown=$APP_UID:$APP_UID /empty /data
ENV ASPNETCORE_URLS=http://0.0.0.0:8080 GATEWAY__Data=/data DOTNET_EnableDiagnostics=0
USER $APP_UID
EXPOSE 8080
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/Gateway"]
