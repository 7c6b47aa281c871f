#include "core/session/comparison_session.h"

namespace vitrine {

class ComparisonSession::Private
{
public:
    BackendFactory backend;
};

ComparisonSession::ComparisonSession(BackendFactory backend, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->backend = std::move(backend);
}

ComparisonSession::~ComparisonSession() = default;

} // namespace vitrine
