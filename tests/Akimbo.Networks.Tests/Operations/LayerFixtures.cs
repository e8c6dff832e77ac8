using System.Text.Json;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Networks.Tests.Operations;

/// <summary>Operations recorded from <c>torch.nn.functional</c> (PyTorch 1.13), as networks of one operation.</summary>
internal static class LayerFixtures
{
    private static readonly string[] OperationsToCome = ["concat", "softmax over height*width per channel", "sigmoid", "linear"];

    public static JsonElement[] Index { get; } =
        JsonSerializer.Deserialize<JsonElement[]>(File.ReadAllText(Repository.Fixture("layers/index.json")))!;

    /// <summary>The recorded numbers of operations that there are.</summary>
    public static IEnumerable<string> Files => Index.Where(entry => !IsToCome(entry)).Select(entry => entry.GetProperty("file").GetString()!);

    public static JsonElement Entry(string file) => Index.Single(entry => entry.GetProperty("file").GetString() == file);

    public static bool IsTraining(JsonElement entry) => entry.TryGetProperty("train", out var train) && train.GetBoolean();

    public static bool IsToCome(JsonElement entry) => OperationsToCome.Contains(Operation(entry));

    public static string Operation(JsonElement entry) => entry.GetProperty("op").GetString()!;

    public static bool IsExact(JsonElement entry) => Operation(entry) is "max_pool2d" or "add" or "relu" or "relu6" or "upsample_nearest";

    public static TestNetwork NetworkOf(JsonElement entry, SafetensorsFile recorded)
    {
        var network = TestNetwork.Of(root => Forward(entry, recorded, root));
        foreach (var parameter in network.Parameters)
            parameter.Value = parameter.Name switch
            {
                "running_mean" or "running_var" => recorded[$"{parameter.Name}_before"].ToTensor(),
                "num_batches_tracked" => new Tensor([]),
                "left.weight" or "right.weight" => Selection(parameter.Shape, first: parameter.Name == "left.weight" ? 0 : parameter.Shape[0]),
                _ => recorded[parameter.Name].ToTensor(),
            };
        return network;
    }

    private static Func<Value, Value> Forward(JsonElement entry, SafetensorsFile recorded, ParameterScope root)
    {
        switch (Operation(entry))
        {
            case "conv2d":
                var weight = recorded["weight"].Shape;
                return new Conv2d(root, weight[1] * Int("groups"), weight[0], Int("kernel"), Int("stride"), Int("padding"), Int("groups"), Flag("bias")).Forward;
            case "conv_transpose2d":
                var transposed = recorded["weight"].Shape;
                return new ConvTranspose2d(root, transposed[0], transposed[1], Int("kernel"), Int("stride"), Int("padding"), Flag("bias")).Forward;
            case "batch_norm":
                return new BatchNorm2d(root, recorded["weight"].Shape[0], entry.GetProperty("eps").GetSingle()).Forward;
            case "max_pool2d": return x => x.MaxPool2d(Int("kernel"), Int("stride"), Int("padding"));
            case "relu": return x => x.Relu();
            case "relu6": return x => x.Relu6();
            case "upsample_nearest": return x => x.UpsampleNearest(Int("factor"));
            case "upsample_bilinear":
                var size = recorded["output"].Shape;
                return x => x.UpsampleBilinear(size[2], size[3], Flag("align_corners"));
            case "add": return SumOfHalves(root, recorded["input"].Shape[1]);
            default: throw new InvalidOperationException($"No test knows the operation {Operation(entry)}.");
        }

        int Int(string name) => entry.GetProperty(name).GetInt32();
        bool Flag(string name) => entry.GetProperty(name).GetBoolean();
    }

    /// <summary>The sum of two values that a network of one input can give: the halves of its channels, which 1×1 kernels pick out.</summary>
    private static Func<Value, Value> SumOfHalves(ParameterScope root, int channels)
    {
        var left = new Conv2d(root / "left", 2 * channels, channels, kernelSize: 1, bias: false);
        var right = new Conv2d(root / "right", 2 * channels, channels, kernelSize: 1, bias: false);
        return x => Separate(left.Forward(x)) + Separate(right.Forward(x));

        static Value Separate(Value x) => x.MaxPool2d(kernelSize: 1, stride: 1);
    }

    private static Tensor Selection(Shape shape, int first)
    {
        var weight = new Tensor(shape);
        for (int o = 0; o < shape[0]; o++) weight.Span[o * shape[1] + first + o] = 1;
        return weight;
    }

    /// <summary>Both addends as one map of twice the channels.</summary>
    public static Tensor Stacked(SafetensorsFile recorded, string first = "input", string second = "other")
    {
        var (input, other) = (recorded[first].ToTensor(), recorded[second].ToTensor());
        Shape half = input.Shape;
        var both = new Tensor([half[0], 2 * half[1], half[2], half[3]]);
        int length = input.Span.Length / half[0];
        for (int n = 0; n < half[0]; n++)
        {
            input.Span.Slice(n * length, length).CopyTo(both.Span[(2 * n * length)..]);
            other.Span.Slice(n * length, length).CopyTo(both.Span[((2 * n + 1) * length)..]);
        }

        return both;
    }
}
