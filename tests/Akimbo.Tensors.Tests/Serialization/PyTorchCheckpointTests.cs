using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tensors.Tests.Serialization;

/// <summary>
/// Checkpoints that PyTorch wrote. The expected values were read from the same files with CPython's pickle and struct.
/// </summary>
public class PyTorchCheckpointTests
{
    [Fact]
    public void Load_PlainStateDict_HasItsNamesShapesAndValues()
    {
        var tensors = PyTorchCheckpoint.Load(Repository.Fixture("models/princeton_hg.pt")).StateDict;

        CheckSums(tensors, count: 742, elements: 152424, absoluteSum: 12306.835891277575);
        CheckFirst(tensors, "pre.0.conv.weight", [64, 3, 7, 7], -0.03370389714837074f, 0.067848339676857f, -0.02330196090042591f, 0.008115322329103947f);
        CheckLast(tensors, "merge_preds.0.conv.conv.bias", [8], 0.010719443671405315f, 0.004652479197829962f, 0.005971703212708235f, 0.00671126414090395f);
        Assert.Equal(ElementType.Int64, tensors["pre.0.bn.num_batches_tracked"].Type);
        Assert.Equal([], tensors["pre.0.bn.num_batches_tracked"].Shape);
    }

    [Fact]
    public void Load_LegacyContainer_EqualsTheZipContainerExactly()
    {
        var zip = PyTorchCheckpoint.Load(Repository.Fixture("models/princeton_hg.pt")).StateDict;
        var legacy = PyTorchCheckpoint.Load(Repository.Fixture("models/princeton_hg_legacy.pt")).StateDict;

        Assert.Equal(zip.Keys, legacy.Keys);
        foreach (var (name, tensor) in zip)
        {
            Assert.Equal(tensor.Type, legacy[name].Type);
            Assert.Equal(tensor.Shape, legacy[name].Shape);
            Assert.Equal(tensor.ToArray<double>(), legacy[name].ToArray<double>());
        }
    }

    [Fact]
    public void Load_TrainingCheckpoint_HasWeightsOptimizerAndEpoch()
    {
        var checkpoint = PyTorchCheckpoint.Load(Repository.Fixture("models/princeton_hg_checkpoint.pt"));

        CheckSums(checkpoint.StateDict, count: 742, elements: 152424, absoluteSum: 12527.197343846226);
        CheckFirst(checkpoint.StateDict, "model.module.pre.0.conv.weight", [64, 3, 7, 7], -0.03470389544963837f, 0.06684833765029907f, -0.024301961064338684f, 0.0071153235621750355f);

        var root = Dict(checkpoint.Root);
        Assert.Equal(["state_dict", "optimizer", "epoch"], root.Keys);
        Assert.Equal(3L, root["epoch"]);
        var optimizer = Dict(root["optimizer"]);
        Assert.Equal(396, Dict(optimizer["state"]).Count);
        var first = Dict(Dict(optimizer["state"])[0L]);
        Assert.Equal(1, Assert.IsType<StoredTensor>(first["step"]).ToArray<int>()[0]);
        Assert.Equal([64, 3, 7, 7], Assert.IsType<StoredTensor>(first["exp_avg"]).Shape);
        var group = Dict(Assert.Single(Assert.IsType<List<object?>>(optimizer["param_groups"])));
        Assert.Equal(0.001, group["lr"]);
        Assert.Equal([0.9, 0.999], Assert.IsType<object?[]>(group["betas"]));
        Assert.Equal(false, group["amsgrad"]);
        Assert.Null(group["foreach"]);
        Assert.Equal(454, Assert.IsType<List<object?>>(group["params"]).Count);
    }

    [Fact]
    public void Load_BearpawCheckpoint_HasWeightsAndProgress()
    {
        var checkpoint = PyTorchCheckpoint.Load(Repository.Fixture("models/bearpaw_hg_narrow.pth.tar"));

        CheckSums(checkpoint.StateDict, count: 684, elements: 117040, absoluteSum: 15515.785811181664);
        CheckFirst(checkpoint.StateDict, "module.conv1.weight", [8, 3, 7, 7], -0.015741966664791107f, -0.07214876264333725f, 0.010283389128744602f, 0.01154666393995285f);
        CheckLast(checkpoint.StateDict, "module.score_.0.bias", [32], -0.040930356830358505f, 0.06192019581794739f, 0.05357872322201729f, 0.10785489529371262f);
        var root = Dict(checkpoint.Root);
        Assert.Equal(3L, root["epoch"]);
        Assert.Equal("hg", root["arch"]);
        Assert.Equal(0.625, root["best_acc"]);
    }

    [ReferenceDataFact]
    public void Load_NarrowHrnet_HasItsValues()
    {
        var tensors = PyTorchCheckpoint.Load(Repository.Reference("golden/models/hrnet_narrow.pth")).StateDict;

        CheckSums(tensors, count: 1754, elements: 458511, absoluteSum: 29304.276065842543);
        CheckLast(tensors, "final_layer.bias", [17], -0.004627581220120192f, -0.11540456116199493f, -0.07256653904914856f, 0.10402580350637436f);
    }

    [ReferenceDataFact]
    public void Load_AssociativeEmbedding_HasItsValues()
    {
        var tensors = PyTorchCheckpoint.Load(Repository.Reference("golden/models/pose_ae.pth.tar")).StateDict;

        CheckSums(tensors, count: 76, elements: 523512, absoluteSum: 26835.254541997558);
        CheckFirst(tensors, "model.module.pre.0.conv.weight", [64, 3, 7, 7], 0.02744707465171814f, -0.052522238343954086f, -0.16906693577766418f, -0.02364836446940899f);
    }

    [ReferenceDataFact]
    public void Load_PublishedLitePose_HasItsValues()
    {
        var tensors = PyTorchCheckpoint.Load(Repository.Reference("weights/litepose-auto-crowdpose.pth")).StateDict;

        CheckSums(tensors, count: 679, elements: 3595728, absoluteSum: 7761397.980804682);
        CheckFirst(tensors, "first.0.0.weight", [32, 3, 3, 3], 0.55615234375f, 0.54052734375f, -0.1944580078125f, -0.095947265625f);
        Assert.Equal(3533808, tensors.Where(item => !item.Key.Contains("running_", StringComparison.Ordinal) && item.Value.Type == ElementType.Float32).Sum(item => item.Value.Shape.ElementCount));
    }

    private static void CheckSums(IReadOnlyDictionary<string, StoredTensor> tensors, int count, long elements, double absoluteSum)
    {
        Assert.Equal(count, tensors.Count);
        Assert.Equal(elements, tensors.Values.Sum(tensor => tensor.Shape.ElementCount));
        Assert.Equal(absoluteSum, tensors.Values.Sum(tensor => tensor.ToArray<double>().Sum(Math.Abs)), tolerance: 1e-9 * absoluteSum);
    }

    private static void CheckFirst(IReadOnlyDictionary<string, StoredTensor> tensors, string name, Shape shape, params float[] values) =>
        Check(tensors.First(), name, shape, values);

    private static void CheckLast(IReadOnlyDictionary<string, StoredTensor> tensors, string name, Shape shape, params float[] values) =>
        Check(tensors.Last(), name, shape, values);

    private static void Check(KeyValuePair<string, StoredTensor> item, string name, Shape shape, float[] values)
    {
        Assert.Equal(name, item.Key);
        Assert.Equal(shape, item.Value.Shape);
        Assert.Equal(values, item.Value.ToTensor().Span[..values.Length].ToArray());
    }

    private static OrderedDictionary<object, object?> Dict(object? value) => Assert.IsType<OrderedDictionary<object, object?>>(value);
}
