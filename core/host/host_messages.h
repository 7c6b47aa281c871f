#pragma once

#include "core/engine/engine.h"

#include <QCborMap>

namespace vitrine {

// How values stand in messages. Reading checks all that it needs; none: the message is not one of these.

QCborMap errorMessage(const Error& error);
/// The error that a reply brings; none: it brings a result.
std::optional<Error> errorIn(const QCborMap& reply);

/// What Engine::load() needs.
QCborMap variantMessage(const Variant& variant);
std::optional<Variant> variantIn(const QCborMap& message);

QCborMap tensorMessage(const InputTensor& tensor);
std::optional<InputTensor> tensorIn(const QCborMap& message);

QCborMap profileMessage(const OperatorProfile& profile);
std::optional<OperatorProfile> profileIn(const QCborMap& message);

/// Float32, as this processor has them.
QByteArray bytesOf(const std::vector<float>& values);
std::optional<std::vector<float>> floatsIn(const QByteArray& bytes);

} // namespace vitrine
