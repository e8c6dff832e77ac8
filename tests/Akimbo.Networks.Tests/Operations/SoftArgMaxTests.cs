using Akimbo.Networks.Inference;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Networks.Tests.Operations;

public sealed class SoftArgMaxTests
{
    private static readonly SafetensorsFile Recorded = Safetensors.Load(Repository.Fixture("decoding/integral_2d.safetensors"));

    [Theory]
    [InlineData(SoftArgMaxOrder.SoftmaxFirst, "xy_softmax_before_sums")]
    [InlineData(SoftArgMaxOrder.SumsFirst, "xy_softmax_after_sums")]
    public void Evaluate_RecordedHeatmaps_GivesRecordedCoordinates(SoftArgMaxOrder order, string name)
    {
        var heatmaps = Recorded["heatmaps"].ToTensor();

        var output = Graph.Trace(heatmaps.Shape, x => [x.SoftArgMax2d(order)]).Evaluate(heatmaps)[0];

        Assert.Equal(Recorded[name].Shape, output.Shape);
        float[] expected = Recorded[name].ToArray<float>();
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], output.Span[i], tolerance: 1e-4f);
    }

    [Theory]
    [InlineData(0.25f)]
    [InlineData(4)]
    public void Evaluate_Temperature_DividesTheScores(float temperature)
    {
        var heatmaps = Recorded["heatmaps"].ToTensor();
        var scaled = new Tensor(heatmaps.Shape);
        for (int i = 0; i < scaled.Span.Length; i++) scaled.Span[i] = heatmaps.Span[i] / temperature;

        foreach (var order in Enum.GetValues<SoftArgMaxOrder>())
        {
            var actual = Graph.Trace(heatmaps.Shape, x => [x.SoftArgMax2d(order, temperature)]).Evaluate(heatmaps)[0];
            var expected = Graph.Trace(heatmaps.Shape, x => [x.SoftArgMax2d(order)]).Evaluate(scaled)[0];

            for (int i = 0; i < expected.Span.Length; i++) Assert.Equal(expected.Span[i], actual.Span[i], tolerance: 1e-4f);
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Constructor_TemperatureThatIsNotAbove0_Throws(float temperature) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftArgMax(SoftArgMaxOrder.SoftmaxFirst, temperature));

    [Fact]
    public void Trace_InputThatIsNoMap_NamesTheShape()
    {
        var error = Assert.Throws<ArgumentException>(() => Graph.Trace([1, 3, 4, 4], x => [x.SoftArgMax2d().SoftArgMax2d()]));

        Assert.Equal("SoftArgMax: the input is [1, 3, 2]; expected one [N, C, H, W].", error.Message);
    }

    [Theory]
    [InlineData(SoftArgMaxOrder.SoftmaxFirst, 1)]
    [InlineData(SoftArgMaxOrder.SumsFirst, 16)]
    [InlineData(SoftArgMaxOrder.SoftmaxFirst, 17)]
    [InlineData(SoftArgMaxOrder.SumsFirst, 35)]
    public void Run_CompiledAfterAConvolution_EqualsTheDefinition(SoftArgMaxOrder order, int keypoints)
    {
        var network = new Regression(keypoints, x => x.SoftArgMax2d(order, temperature: 0.5f));
        var input = Filled([3, 5, 9, 6]);
        var expected = network.Trace(input.Shape).Evaluate(input);
        using var pool = new WorkerPool(threadCount: 2);

        foreach (var path in Akimbo.Tensors.Kernels.Simd.SimdPaths.Supported)
        {
            var outputs = new CompiledNetwork(network, pool, path).Run(input);

            Assert.Equal([[3, keypoints, 9, 6], [3, keypoints, 2]], outputs.Select(output => output.Shape));
            for (int i = 0; i < outputs.Count; i++) Assert.InRange(RelativeError.Of(outputs[i], expected[i]), 0, 1e-5);
        }
    }

    [Fact]
    public void Run_OperationAfterPositions_IsRefused()
    {
        var network = new Regression(keypoints: 4, x => x.SoftArgMax2d().Relu());
        using var pool = new WorkerPool(threadCount: 1);

        var error = Assert.Throws<NotSupportedException>(() => new CompiledNetwork(network, pool).Run(Filled([1, 5, 9, 6])));

        Assert.Contains("[1, 4, 2]", error.Message, StringComparison.Ordinal);
    }

    private static Tensor Filled(Shape shape)
    {
        var random = new Random(2);
        var tensor = new Tensor(shape);
        foreach (ref float value in tensor.Span) value = random.NextSingle() * 2 - 1;
        return tensor;
    }

    /// <summary>A 3×3 convolution to heatmaps, and what is made of them.</summary>
    private sealed class Regression : Network
    {
        private readonly Conv2d _conv;
        private readonly Func<Value, Value> _head;

        public Regression(int keypoints, Func<Value, Value> head) : this(keypoints, head, new ParameterScope())
        {
        }

        private Regression(int keypoints, Func<Value, Value> head, ParameterScope root) : base(root)
        {
            _conv = new Conv2d(root / "conv", inChannels: 5, keypoints, kernelSize: 3, padding: 1);
            _head = head;
            foreach (var parameter in root.Parameters) parameter.Value = Filled(parameter.Shape);
        }

        public override string Name => "Regression";

        public override IReadOnlyList<Value> Forward(Value input)
        {
            var heatmaps = _conv.Forward(input);
            return [heatmaps, _head(heatmaps)];
        }
    }
}
