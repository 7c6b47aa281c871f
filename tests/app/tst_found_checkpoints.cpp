#include "tests/app/found_files.h"

using namespace vitrine;
using namespace vitrine::test;

/// Checkpoints as people have them: each line of found/README.tsv that is one, by the executable.
class TestFoundCheckpoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void itAnswersOrSaysWhyNot_data();
    void itAnswersOrSaysWhyNot();
    void statedHeadsAreTaken();
};

void TestFoundCheckpoints::initTestCase()
{
    VITRINE_REQUIRE_TORCH();
    VITRINE_REQUIRE_REAL_DATA();
}

void TestFoundCheckpoints::itAnswersOrSaysWhyNot_data()
{
    const QStringList guessed{u"number of attention heads; 1 is a guess"_s, u"--heads"_s};
    std::vector<FoundFile> files{
        refused("g36_nan.pth", {u"norm.weight"_s, u"NaN"_s}),
        answered("g38_width128_heads4.pth", 5, 35.23, {u"2 is a guess"_s, u"--heads"_s}),
        answered("g09_layerscale_timm.pth", 6, 67.89, guessed),
        answered("g09b_deit3_official.pth", 8, 51.80, guessed),
        answered("g18_no_qkv_bias.pth", 6, 82.99, guessed),
        answered("g19_torchvision_vit.pth", 0, 10.00, guessed), // its head is all zero
        refused("g33_dynamic_int8_state_dict.pth",
                {u"quantized state dict"_s, u"save the float model's"_s, u"TorchScript"_s}),
        refused("cifarq_model_int8.pth", {u"quantized state dict"_s, u"TorchScript"_s}),
        refused("g35_width48.pth", {u"width 48"_s, u"--heads"_s}),
        answered("hf1", 4, 92.02, {u"animal 4"_s}),
        answered("hf2_sharded", 4, 80.51, {u"no preprocessor_config.json"_s}),
    };
    for (const char* same :
         {"g02_lightning_model_prefix.ckpt", "g03_lightning_attributedict.ckpt", "g04_compile_orig_mod.pth",
          "g05_module_orig_mod.pth", "g07_net_key.pth", "g07b_model_state_key.pth", "g07c_weights_key.pth",
          "g07e_state_dict_in_model.pth", "g07i_list.pth", "g08_whole_timm_module.pth", "g21_datetime.pth",
          "g21d_optimizer_class.pth", "g21f_omegaconf.pth", "g25_hf_position_ids.safetensors",
          "g25b_extra_buffers.pth", "g26_head_sequential.pth", "g37_dinov2_chunked_blocks.pth"})
        files.push_back(answered(same, 4, 80.51, guessed));
    addRows(files);
}

void TestFoundCheckpoints::itAnswersOrSaysWhyNot()
{
    QFETCH(FoundFile, found);
    verifyFound(found, classifyFound(realData(u"images/wolf/wolf.png"_s), foundFile(found.name)));
}

void TestFoundCheckpoints::statedHeadsAreTaken()
{
    const Run run = classifyFound(realData(u"images/wolf/wolf.png"_s),
                                  foundFile(u"g38_width128_heads4.pth"_s), {u"--heads"_s, u"4"_s});
    verifyFound(answered("g38_width128_heads4.pth", 5, 44.37), run);
    QVERIFY2(run.err.isEmpty(), run.err);
}

QTEST_APPLESS_MAIN(TestFoundCheckpoints)
#include "tst_found_checkpoints.moc"
