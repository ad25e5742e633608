// Series and collections, and articles.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::publications::handlers {

Response listSeries(const Request& request, Host& host);
Response showSeries(const Request& request, Host& host);
Response newSeries(const Request& request, Host& host);
Response addSeries(const Request& request, Host& host);
Response editSeries(const Request& request, Host& host);
Response saveSeries(const Request& request, Host& host);

Response listArticles(const Request& request, Host& host);
Response showArticle(const Request& request, Host& host);
Response articleImage(const Request& request, Host& host);
Response newArticle(const Request& request, Host& host);
Response addArticle(const Request& request, Host& host);
Response editArticle(const Request& request, Host& host);
Response saveArticle(const Request& request, Host& host);
Response removeArticle(const Request& request, Host& host);
Response restoreArticle(const Request& request, Host& host);

}  // namespace toimela::publications::handlers
