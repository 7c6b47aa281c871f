#include "core/compare/operator_groups.h"

#include "core/base/literals.h"

#include <QHash>
#include <QStringList>

namespace vitrine {

namespace {

struct Group
{
    const char* name;
    const char* operators; ///< Without namespace where it is aten::, and without a trailing '_'.
};

constexpr Group groups[] = {
    {"linear", "linear addmm mm addmv t quantized::linear quantized::linear_relu quantized::linear_dynamic "
               "quantized::linear_relu_dynamic quantized::linear_dynamic_fp16 prepacked::linear_clamp_run "
               "mkldnn_linear mkldnn::_linear_pointwise"},
    {"products", "matmul bmm baddbmm einsum dot scaled_dot_product_attention "
                 "_scaled_dot_product_attention _scaled_dot_product_attention_math "
                 "_scaled_dot_product_flash_attention_for_cpu quantized::matmul"},
    {"convolution", "conv1d conv2d convolution _convolution mkldnn_convolution thnn_conv2d "
                    "_slow_conv2d_forward quantized::conv2d quantized::conv2d_relu "
                    "prepacked::conv2d_clamp_run mkldnn::_convolution_pointwise"},
    {"normalization", "layer_norm native_layer_norm batch_norm native_batch_norm _batch_norm_impl_index "
                      "group_norm native_group_norm quantized::layer_norm"},
    {"activation", "gelu relu relu6 silu sigmoid tanh hardtanh hardswish hardsigmoid elu leaky_relu clamp "
                   "clamp_min dropout feature_dropout quantized::hardswish"},
    {"softmax", "softmax _softmax log_softmax _log_softmax"},
    {"elementwise", "add sub rsub mul div pow sqrt rsqrt exp erf neg mean sum quantized::add quantized::mul "
                    "quantized::add_relu"},
    {"quantization",
     "quantize_per_tensor quantize_per_tensor_dynamic quantize_per_channel dequantize int_repr q_scale "
     "q_zero_point _choose_qparams_per_tensor choose_qparams_optimized aminmax _aminmax min max item "
     "_local_scalar_dense"},
    {"interpreter", "forward"},
    {"memory",
     "empty empty_strided empty_like new_empty zeros ones full fill zero copy clone contiguous to "
     "_to_copy reshape _reshape_alias _unsafe_view view view_as flatten unflatten transpose permute "
     "as_strided expand expand_as slice select narrow unsqueeze squeeze cat _cat stack split "
     "chunk unbind resize detach alias resolve_conj resolve_neg size stride numel is_floating_point "
     "_empty_affine_quantized empty_quantized"},
};

/// "aten::add_" -> "add"; "quantized::add.out" -> "quantized::add".
QString lookedUp(QString name)
{
    if (name.startsWith(u"aten::"_s))
        name.remove(0, 6);
    name = name.section(u'.', 0, 0);
    return name.size() > 1 && name.endsWith(u'_') ? name.chopped(1) : name;
}

QHash<QString, QString> groupsByOperator()
{
    QHash<QString, QString> table;
    for (const Group& group : groups)
        for (const QString& name : QString::fromLatin1(group.operators).split(u' '))
            table.insert(name, QString::fromLatin1(group.name));
    return table;
}

} // namespace

QString operatorGroup(const QString& name)
{
    static const QHash<QString, QString> table = groupsByOperator();
    return table.value(lookedUp(name), name);
}

} // namespace vitrine
