using System.Text.Json;
using Akimbo.Models.StackedHourglass;
using Akimbo.Networks;
using Akimbo.Networks.Training;
using Akimbo.Networks.Training.Optimizers;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;
using Akimbo.Training.Losses;

namespace Akimbo.Tests.Training;

/// <summary>The recorded training of a narrow hourglass (princeton-vl/pytorch_stacked_hourglass, PyTorch 1.13): the same batch again and again.</summary>
internal sealed class PrincetonTraining
{
    private static readonly SafetensorsFile Step0 = Safetensors.Load(Repository.Fixture("training/princeton_step0.safetensors"));
    private readonly WorkerPool _pool;

    public PrincetonTraining(WorkerPool pool, bool freezesStatistics, SimdPath? path = null)
    {
        _pool = pool;
        Network = new StackedHourglass(new StackedHourglassOptions { Stacks = 2, Channels = 8, Keypoints = 6 });
        foreach (var parameter in Network.Parameters) parameter.Value = Initial(parameter.Name);
        Training = new TrainingNetwork(Network, Input.Shape, pool, new TrainingOptions { FreezeStatistics = freezesStatistics, UsesWinograd = false }, path);
    }

    public static JsonElement Figures { get; } = JsonDocument.Parse(File.ReadAllText(Repository.Fixture("training/princeton.json"))).RootElement;

    public static Tensor ForwardOutput => Step0["forward_output"].ToTensor();

    public static float[] LossPerImageAndStack => Step0["loss_per_image_and_stack"].ToArray<float>();

    public Network Network { get; }

    public TrainingNetwork Training { get; }

    private static Tensor Input { get; } = Step0["input_nchw"].ToTensor();

    private static Tensor Target { get; } = Step0["target_heatmaps"].ToTensor();

    public static Tensor Initial(string name) => Step0[$"init.{name}"].ToTensor();

    public Optimizer OptimizerNamed(string name, bool isFrozen) => name switch
    {
        "sgd" => new Sgd(Training.Parameters, new SgdOptions { LearningRate = isFrozen ? 1e-4 : 1e-2, Momentum = 0.9, WeightDecay = 1e-4 }),
        "rmsprop" => new RmsProp(Training.Parameters, new RmsPropOptions { LearningRate = 2.5e-4 }),
        "adam" => new Adam(Training.Parameters),
        "adamw" => new Adam(Training.Parameters, new AdamOptions { WeightDecay = 1e-2, DecouplesWeightDecay = true }),
        _ => throw new ArgumentException($"No optimizer is called {name}."),
    };

    /// <summary>Forward, loss, backward.</summary>
    public (IReadOnlyList<Tensor> Outputs, double[,] Losses) Pass()
    {
        var outputs = Training.Forward(Input);
        foreach (var gradient in Training.OutputGradients) gradient.Span.Clear();
        double[,] losses = HeatmapLoss.Add(outputs, Target, mask: null, weight: 1, Training.OutputGradients);
        Training.Backward();
        return (outputs, losses);
    }

    /// <summary>A whole step.</summary>
    /// <returns>The loss before it.</returns>
    public double Step(Optimizer optimizer)
    {
        Training.ZeroGradients();
        double[,] losses = Pass().Losses;
        optimizer.Step(_pool);
        return losses.Cast<double>().Average();
    }
}
