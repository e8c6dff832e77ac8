using Akimbo.Networks.Onnx;
using Akimbo.Networks.Tests.Inference;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Networks.Tests.Onnx;

public sealed class OnnxRuntimeTests
{
    private const double Tolerance = 1e-4;
    private static readonly TestNetwork Zoo = OperationZoo.Create();

    [OnnxRuntimeFact]
    public void Run_ZooAtEveryOpset_EqualsDefinition()
    {
        var graph = Zoo.Trace([1, 3, 16, 24]);
        var input = RandomTensors.Uniform(graph.Input.Shape, seed: 3);
        var expected = graph.Evaluate(input);
        for (int opset = OnnxExportOptions.MinOpset; opset <= OnnxExportOptions.MaxOpset; opset++)
        {
            foreach (bool fold in (bool[])[true, false])
            {
                using var exported = new ExportedModel(graph, new OnnxExportOptions { Opset = opset, FoldBatchNorm = fold });
                DefinitionAssert.Equal(expected, exported.Run(input), Tolerance, $"opset {opset}, folded {fold}");
            }
        }
    }

    [OnnxRuntimeFact]
    public void Run_DynamicBatch_EveryBatchEqualsDefinition()
    {
        var peaks = new OnnxPeaks { Output = 0, Count = 5, Rule = OnnxPeakRule.HighResolutionQuarterOffset };
        using var exported = new ExportedModel(Zoo.Trace([1, 3, 16, 24]), new OnnxExportOptions { DynamicBatch = true, Peaks = peaks });
        foreach (int batch in (int[])[1, 3])
        {
            var input = RandomTensors.Uniform([batch, 3, 16, 24], seed: batch);
            var outputs = exported.Run(input);

            Assert.Equal([batch, 5, 3], outputs[0].Shape);
            DefinitionAssert.Equal(Zoo.Trace(input.Shape).Evaluate(input), [.. outputs.Skip(1)], Tolerance, $"batch {batch}");
        }
    }

    [OnnxRuntimeFact]
    public void Run_RandomNetworks_EqualDefinition()
    {
        for (int seed = 0; seed < 25; seed++)
        {
            var network = new RandomNetwork(seed);
            var graph = network.Trace(network.InputShape);
            var input = RandomTensors.Uniform(network.InputShape, seed);
            using var exported = new ExportedModel(graph);
            DefinitionAssert.Equal(graph.Evaluate(input), exported.Run(input), Tolerance, network.Name);
        }
    }

    [OnnxRuntimeFact]
    public void Run_ImageInput_EqualsNormalisedInput()
    {
        float[] mean = [0.485f, 0.456f, 0.406f], std = [0.229f, 0.224f, 0.225f];
        byte[] pixels = new byte[2 * 16 * 24 * 3];
        new Random(1).NextBytes(pixels);
        var graph = Zoo.Trace([2, 3, 16, 24]);
        var normalised = new Tensor(graph.Input.Shape);
        byte[] planes = new byte[pixels.Length];
        for (int n = 0; n < 2; n++)
        {
            for (int c = 0; c < 3; c++)
            {
                for (int p = 0; p < 16 * 24; p++)
                {
                    byte value = planes[(n * 3 + c) * 16 * 24 + p] = pixels[(n * 16 * 24 + p) * 3 + c];
                    normalised.Span[(n * 3 + c) * 16 * 24 + p] = (value / 255f - mean[c]) / std[c];
                }
            }
        }

        var expected = graph.Evaluate(normalised);
        foreach (var layout in Enum.GetValues<OnnxImageLayout>())
        {
            foreach (bool isFloat in (bool[])[true, false])
            {
                var image = new OnnxImageInput { Layout = layout, IsFloat = isFloat, Mean = mean, Std = std };
                using var exported = new ExportedModel(graph, new OnnxExportOptions { ImageInput = image });
                byte[] bytes = layout == OnnxImageLayout.ChannelsLast ? pixels : planes;
                Shape shape = layout == OnnxImageLayout.ChannelsLast ? [2, 16, 24, 3] : [2, 3, 16, 24];
                var outputs = exported.Run(isFloat
                    ? StoredTensor.Create<float>(shape, [.. bytes.Select(value => (float)value)])
                    : StoredTensor.Create<byte>(shape, bytes));

                Assert.Equal(["image"], exported.Graph.Inputs.Select(input => input.Name));
                Assert.InRange(RelativeError.Of(outputs["output_0"], expected[0]), 0, Tolerance);
            }
        }
    }

    [OnnxRuntimeFact]
    public void Run_ModelThatIsNone_Refused()
    {
        using var exported = new ExportedModel(Zoo.Trace([1, 3, 16, 24]));
        File.WriteAllText(exported.Path, "no model");

        var error = Assert.Throws<InvalidOperationException>(() => exported.Run(new Tensor([1, 3, 16, 24])));

        Assert.Contains("ONNX Runtime refused", error.Message, StringComparison.Ordinal);
    }
}
