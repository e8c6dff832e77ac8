using Akimbo.Models.LitePose;
using Akimbo.Networks.Inference;
using Akimbo.Networks.Weights;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Models;

public sealed class LitePoseTests
{
    private static readonly float[] Mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Std = [0.229f, 0.224f, 0.225f];

    [Fact]
    public void Trace_PublishedSizes_GivesQuarterAndHalfResolution()
    {
        var graph = new LitePose().Trace([1, 3, 448, 640]);

        Assert.Equal([[1, 28, 112, 160], [1, 14, 224, 320]], graph.Outputs.Select(output => output.Shape));
    }

    [Fact]
    public void Parameters_PublishedSizes_CountAsPublished()
    {
        var parameters = new LitePose().Parameters;

        Assert.Equal(679, parameters.Count);
        Assert.Equal(3_533_808, parameters.Where(parameter => !parameter.IsBuffer).Sum(parameter => parameter.Shape.ElementCount));
    }

    [ReferenceDataFact]
    public void Run_RecordedInput_EqualsRecordedOutputs()
    {
        var recorded = Safetensors.Load(Repository.Reference("golden/real_network/litepose_000000196141.safetensors"));
        var network = new LitePose();
        network.Load(Repository.Reference("weights/litepose-auto-crowdpose.pth"));
        using var pool = new WorkerPool(threadCount: 2);

        foreach (var path in SimdPaths.Supported)
        {
            var outputs = new CompiledNetwork(network, pool, path).Run(Normalise(recorded["resized_rgb_u8_hwc"].ToArray<byte>(), 448, 640));

            Assert.InRange(RelativeError.Of(EveryThird(outputs[0], rows: 1, columns: 3), recorded["output0_columns_step3"].ToTensor()), 0, 1e-4);
            Assert.InRange(RelativeError.Of(EveryThird(outputs[1], rows: 3, columns: 3), recorded["output1_step3"].ToTensor()), 0, 1e-4);
        }
    }

    private static Tensor Normalise(byte[] pixels, int height, int width)
    {
        var input = new Tensor([1, 3, height, width]);
        for (int c = 0; c < 3; c++)
            for (int p = 0; p < height * width; p++)
                input.Span[c * height * width + p] = (pixels[p * 3 + c] / 255f - Mean[c]) / Std[c];
        return input;
    }

    private static Tensor EveryThird(Tensor map, int rows, int columns)
    {
        var (channels, height, width) = (map.Shape[1], map.Shape[2], map.Shape[3]);
        var kept = new List<float>();
        for (int c = 0; c < channels; c++)
            for (int y = 0; y < height; y += rows)
                for (int x = 0; x < width; x += columns)
                    kept.Add(map.Span[(c * height + y) * width + x]);
        return new Tensor([1, channels, (height + rows - 1) / rows, (width + columns - 1) / columns], kept.ToArray());
    }
}
